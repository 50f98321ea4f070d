"""How sure we are: uncertain choices, many draws of the index, and what the draws say.

The estimators know nothing of the index. They are given a function that turns draws of uniform
numbers into outputs, so that what is tested on functions with a known answer is what runs on an index.
"""
