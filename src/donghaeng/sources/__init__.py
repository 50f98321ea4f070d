"""Where figures come from: tables, and the interfaces of statistical offices."""
