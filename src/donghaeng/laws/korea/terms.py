"""Words of the law that have a closed list of answers."""

from donghaeng.rules import Enumeration


class Region(Enumeration):
    """시·도, by name or administrative code (행정표준코드)."""

    SEOUL = "seoul", "서울특별시", "Seoul", "11", "서울"
    BUSAN = "busan", "부산광역시", "Busan", "26", "부산"
    DAEGU = "daegu", "대구광역시", "Daegu", "27", "대구"
    INCHEON = "incheon", "인천광역시", "Incheon", "28", "인천"
    GWANGJU = "gwangju", "광주광역시", "Gwangju", "29", "광주"
    DAEJEON = "daejeon", "대전광역시", "Daejeon", "30", "대전"
    ULSAN = "ulsan", "울산광역시", "Ulsan", "31", "울산"
    SEJONG = "sejong", "세종특별자치시", "Sejong", "36", "세종"
    GYEONGGI = "gyeonggi", "경기도", "Gyeonggi", "41", "경기"
    GANGWON = "gangwon", "강원특별자치도", "Gangwon", "51", "강원", "강원도", "42"
    CHUNGBUK = "chungbuk", "충청북도", "North Chungcheong", "43", "충북"
    CHUNGNAM = "chungnam", "충청남도", "South Chungcheong", "44", "충남"
    JEONBUK = "jeonbuk", "전북특별자치도", "North Jeolla", "52", "전북", "전라북도", "45"
    JEONNAM = "jeonnam", "전라남도", "South Jeolla", "46", "전남"
    GYEONGBUK = "gyeongbuk", "경상북도", "North Gyeongsang", "47", "경북"
    GYEONGNAM = "gyeongnam", "경상남도", "South Gyeongsang", "48", "경남"
    JEJU = "jeju", "제주특별자치도", "Jeju", "50", "제주", "제주도"


class PropertyRegion(Enumeration):
    """지역 구분 of the basic property amount since 2023."""

    SEOUL = "seoul", "서울", "Seoul"
    GYEONGGI = "gyeonggi", "경기", "Gyeonggi"
    METROPOLITAN = "metropolitan", "광역시·세종·창원", "metropolitan cities, Sejong and Changwon"
    OTHER = "other", "그 외 지역", "other regions"


class Tenure(Enumeration):
    """How the household lives in its home."""

    OWNED = "owned", "자가", "owned"
    JEONSE = "jeonse", "전세", "jeonse (deposit only)"
    MONTHLY_RENT = "monthly_rent", "월세(보증금 있는 월세 포함)", "monthly rent"
    FREE_USE = "free_use", "무상·사용대차", "lived in without rent"
    OTHER = "other", "그 밖의 거주", "other"


class Absence(Enumeration):
    """Why a person on the register is left out of the household unit (시행령 §2②)."""

    NONE = "none", "함께 생활함", "lives with the household"
    MILITARY = "military", "현역 군인 등", "in military service"
    ABROAD = "abroad", "최근 180일 중 60일 넘게 해외 체류", "abroad for more than 60 of 180 days"
    DETAINED = "detained", "교정시설 등 수용", "detained"
    INSTITUTION = "institution", "보장시설 급여 수급", "cared for in an institution"
    MISSING_PERSON = "missing_person", "실종·가출 신고", "reported missing"
    SEPARATE = "separate", "생계와 주거를 달리함", "lives and earns separately"


class School(Enumeration):
    """The school a person goes to (초·중등교육법 §2; higher education by 고등교육법 §2)."""

    NONE = "none", "다니지 않음", "none"
    ELEMENTARY = "elementary", "초등학교", "elementary school"
    MIDDLE = "middle", "중학교", "middle school"
    HIGH = "high", "고등학교", "high school"
    HIGHER = "higher", "대학 등", "college or university"
