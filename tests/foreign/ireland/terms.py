"""Words of the family payments of Ireland that have a closed list of answers."""

from donghaeng.rules import Enumeration


class Education(Enumeration):
    """Whether a young person is in full-time education or training."""

    NONE = "none", "학교에 다니지 않음", "not in education"
    PART_TIME = "part_time", "시간제 교육", "part-time education"
    FULL_TIME = "full_time", "전일제 교육", "full-time education"
