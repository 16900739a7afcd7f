"""The provinces and communes in force since 1 July 2025, from the package vietnam-provinces."""

from vietnam_provinces import Province, ProvinceCode, VietNamDivisionType, Ward

from accounts.domain.units import LoadedUnits, UnitRow, load_units
from accounts.enums import UnitKind
from accounts.models import OrgUnit, User
from accounts.text import fold

_KINDS = {
    VietNamDivisionType.TINH: UnitKind.PROVINCE,
    VietNamDivisionType.THANH_PHO_TRUNG_UONG: UnitKind.PROVINCE,
    VietNamDivisionType.XA: UnitKind.COMMUNE,
    VietNamDivisionType.PHUONG: UnitKind.WARD,
    VietNamDivisionType.DAC_KHU: UnitKind.SPECIAL_ZONE,
}

# Resolution 202/2025/QH15: the provinces that ceased on 1 July 2025, by the code of the one they
# belong to now. People still search by these names; they become aliases.
_FORMER_NAMES = {
    8: ("Hà Giang",),
    15: ("Yên Bái",),
    19: ("Bắc Kạn",),
    24: ("Bắc Giang",),
    25: ("Vĩnh Phúc", "Hòa Bình"),
    31: ("Hải Dương",),
    33: ("Thái Bình",),
    37: ("Hà Nam", "Nam Định"),
    44: ("Quảng Bình",),
    48: ("Quảng Nam",),
    51: ("Kon Tum",),
    52: ("Bình Định",),
    56: ("Ninh Thuận",),
    66: ("Phú Yên",),
    68: ("Đắk Nông", "Bình Thuận"),
    75: ("Bình Phước",),
    79: ("Bình Dương", "Bà Rịa - Vũng Tàu"),
    80: ("Long An",),
    82: ("Tiền Giang",),
    86: ("Bến Tre", "Trà Vinh"),
    91: ("Kiên Giang",),
    92: ("Sóc Trăng", "Hậu Giang"),
    96: ("Bạc Liêu",),
}


def find_province(name: str) -> Province | None:
    """The province of a code, a name or a name it had until 2025, with or without marks."""
    wanted = _plain(name)
    for province in Province.iter_all():
        names = [province.name, *_FORMER_NAMES.get(province.code, ())]
        if name.strip() == f"{province.code:02d}" or wanted in map(_plain, names):
            return province
    return None


def _plain(name: str) -> str:
    return fold(name).removeprefix("thanh pho ").removeprefix("tinh ").strip()


def province_rows(province: Province) -> list[UnitRow]:
    """The province and its communes, under the official codes of two and five digits."""
    code = f"{province.code:02d}"
    former = _FORMER_NAMES.get(province.code, ())
    top = UnitRow(code, province.name, _KINDS[province.division_type], aliases=former)
    wards = Ward.iter_by_province(ProvinceCode(province.code))
    return [
        top,
        *(
            UnitRow(f"{ward.code:05d}", ward.name, _KINDS[ward.division_type], code)
            for ward in wards
        ),
    ]


def load_province(
    *, province: Province, parent: OrgUnit | None, user: User | None = None
) -> LoadedUnits:
    """Make or rename the units of one province; repeated it changes nothing."""
    return load_units(rows=province_rows(province), parent=parent, user=user)


def load_all_provinces(*, parent: OrgUnit | None, user: User | None = None) -> LoadedUnits:
    """All 34 provinces and 3,321 communes."""
    rows = [row for province in Province.iter_all() for row in province_rows(province)]
    return load_units(rows=rows, parent=parent, user=user)
