"""Seoul's 25 districts as tiles: a grid that keeps who lies beside whom, and every district the same size."""

from __future__ import annotations

from donghaeng.charts.tile_map import Tile

# Code (행정표준코드), row from the north, column from the west, Korean and English name. The soft hyphen
# (\\xad) is where a long name may be broken.
SEOUL = (
    Tile("11320", 0, 3, ("도봉구", "Do\xadbong-gu")),
    Tile("11380", 1, 1, ("은평구", "Eun\xadpyeong-gu")),
    Tile("11305", 1, 3, ("강북구", "Gang\xadbuk-gu")),
    Tile("11350", 1, 4, ("노원구", "No\xadwon-gu")),
    Tile("11410", 2, 1, ("서대문구", "Seo\xaddae\xadmun-gu")),
    Tile("11110", 2, 2, ("종로구", "Jong\xadno-gu")),
    Tile("11290", 2, 3, ("성북구", "Seong\xadbuk-gu")),
    Tile("11260", 2, 4, ("중랑구", "Jung\xadnang-gu")),
    Tile("11500", 3, 0, ("강서구", "Gang\xadseo-gu")),
    Tile("11440", 3, 1, ("마포구", "Mapo-gu")),
    Tile("11140", 3, 2, ("중구", "Jung-gu")),
    Tile("11230", 3, 3, ("동대문구", "Dong\xaddae\xadmun-gu")),
    Tile("11470", 4, 0, ("양천구", "Yang\xadcheon-gu")),
    Tile("11560", 4, 1, ("영등포구", "Yeong\xaddeung\xadpo-gu")),
    Tile("11170", 4, 2, ("용산구", "Yong\xadsan-gu")),
    Tile("11200", 4, 3, ("성동구", "Seong\xaddong-gu")),
    Tile("11215", 4, 4, ("광진구", "Gwang\xadjin-gu")),
    Tile("11740", 4, 5, ("강동구", "Gang\xaddong-gu")),
    Tile("11530", 5, 0, ("구로구", "Guro-gu")),
    Tile("11590", 5, 1, ("동작구", "Dong\xadjak-gu")),
    Tile("11650", 5, 2, ("서초구", "Seo\xadcho-gu")),
    Tile("11680", 5, 3, ("강남구", "Gang\xadnam-gu")),
    Tile("11710", 5, 4, ("송파구", "Song\xadpa-gu")),
    Tile("11545", 6, 0, ("금천구", "Geum\xadcheon-gu")),
    Tile("11620", 6, 1, ("관악구", "Gwan\xadak-gu")),
)
