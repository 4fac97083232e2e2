"""Invented events of twelve countries in the layouts of ACLED, UCDP GED and GTD.

The towns, their coordinates and the spellings of provinces are real; nothing happened there on the dates given. The
province codes are set by hand, as ISO 3166-2 and geo's table of countries have them.
"""

from pathlib import Path
from typing import NamedTuple

from imported import write_csv

FORMATS = ("acled", "ucdp", "gtd")
#: Number of events at each place, and so the rows of a file: ten places, three events.
AT_EACH = 3


class Country(NamedTuple):
    """A country: its names in the three sources, and lines of ``town; lat; lon; code; ACLED; UCDP; GTD``.

    A cell "=" repeats the one of ACLED; ``kind`` is the word that UCDP puts behind most names. A code with "<" is that
    of an older or coarser unit, and the unit of today follows.
    """

    acled: str
    ucdp: str
    gtd: str
    kind: str
    lines: str


class Event(NamedTuple):
    """What is to become of a row: a province code, and today's unit where that is not drawn."""

    id: str
    code: str | None
    today: str


COUNTRIES = {
    "ML": Country("Mali", "Mali", "Mali", "region", """
Gao; 16.2717; -0.0447; ML-7; Gao; =; =
Ansongo; 15.6597; 0.5022; ML-7; Gao; =; =
Menaka; 15.9182; 2.4022; ML-7<ML-9; Menaka; Ménaka; Menaka
Taoudenni; 22.6783; -3.9833; ML-6<ML-10; Taoudenit; Taoudénit; Taoudenit
Timbuktu; 16.7735; -3.0074; ML-6; Tombouctou; Timbuktu; =
Kidal; 18.4411; 1.4078; ML-8; Kidal; =; =
Mopti; 14.4843; -4.1830; ML-5; Mopti; =; =
Segou; 13.4317; -6.2157; ML-4; Segou; Ségou; Segou
Bamako; 12.6392; -8.0029; ML-BKO; Bamako; Bamako capital district; Bamako
Sikasso; 11.3176; -5.6665; ML-3; Sikasso; =; =
"""),
    "UA": Country("Ukraine", "Ukraine", "Ukraine", "oblast", """
Donetsk; 48.0159; 37.8029; UA-14; Donetsk; =; =
Mariupol; 47.0971; 37.5434; UA-14; Donetsk; =; =
Luhansk; 48.5740; 39.3078; UA-09; Luhansk; =; =
Kherson; 46.6354; 32.6169; UA-65; Kherson; =; =
Zaporizhzhia; 47.8388; 35.1396; UA-23; Zaporizhia; Zaporizhzhya; Zaporizhia
Kharkiv; 49.9935; 36.2304; UA-63; Kharkiv; =; =
Bila Tserkva; 49.7968; 30.1311; UA-32; Kyiv; Kiev; Kiev Oblast
Odesa; 46.4825; 30.7233; UA-51; Odesa; Odessa; Odessa
Dnipro; 48.4647; 35.0462; UA-12; Dnipropetrovsk; =; =
Simferopol; 44.9521; 34.1024; UA-43; Crimea; Crimea autonomous republic; Crimea
"""),
    "SD": Country("Sudan", "Sudan", "Sudan", "state", """
El Fasher; 13.6279; 25.3494; SD-DN; North Darfur; =; =
Nyala; 12.0489; 24.8807; SD-DS; South Darfur; =; =
El Geneina; 13.4526; 22.4472; SD-DW; West Darfur; =; =
Zalingei; 12.9094; 23.4706; SD-DC; Central Darfur; =; =
Khartoum; 15.5007; 32.5599; SD-KH; Khartoum; =; =
El Obeid; 13.1842; 30.2167; SD-KN; North Kordofan; =; Northern Kordofan
Kadugli; 11.0111; 29.7183; SD-KS; South Kordofan; =; Southern Kordofan
Wad Madani; 14.4012; 33.5199; SD-GZ; Al Jazirah; =; Gezira
Ed Damazin; 11.7891; 34.3592; SD-NB; Blue Nile; =; =
En Nahud; 12.7000; 28.4333; SD-KN<SD-GK; West Kordofan; =; =
"""),
    "MM": Country("Myanmar", "Myanmar (Burma)", "Myanmar", "state", """
Sittwe; 20.1462; 92.8984; MM-16; Rakhine; =; =
Lashio; 22.9359; 97.7498; MM-17; Shan-North; Shan; Shan
Myitkyina; 25.3831; 97.3964; MM-11; Kachin; =; =
Monywa; 22.1083; 95.1358; MM-01; Sagaing; Sagaing region; Sagaing
Hakha; 22.6420; 93.6053; MM-14; Chin; =; =
Hpa-An; 16.8906; 97.6333; MM-13; Kayin; =; Karen
Loikaw; 19.6742; 97.2093; MM-12; Kayah; =; =
Mandalay; 21.9747; 96.0836; MM-04; Mandalay; Mandalay region; Mandalay
Yangon; 16.8053; 96.1561; MM-06; Yangon; Yangon region; Rangoon
Naypyidaw; 19.7450; 96.1297; MM-04<MM-18; Nay Pyi Taw; Naypyidaw union territory; Nay Pyi Taw
"""),
    "SY": Country("Syria", "Syria", "Syria", "governorate", """
Aleppo; 36.2021; 37.1343; SY-HL; Aleppo; =; =
Idlib; 35.9306; 36.6339; SY-ID; Idleb; Idlib; Idlib
Deir ez-Zor; 35.3359; 40.1408; SY-DY; Deir ez Zor; Dayr Az Zawr; Deir ez-Zor
Raqqa; 35.9528; 39.0079; SY-RA; Ar Raqqa; Ar Raqqah; Raqqah
Hasakah; 36.5024; 40.7477; SY-HA; Al Hasakeh; Al Hasakah; Al Hasakah
Homs; 34.7308; 36.7094; SY-HI; Homs; =; =
Hama; 35.1318; 36.7578; SY-HM; Hama; Hamah; Hama
Douma; 33.5718; 36.4027; SY-RD; Rural Damascus; Rif Dimashq; Rif Dimashq
Daraa; 32.6189; 36.1021; SY-DR; Dar'a; Dara; Daraa
Latakia; 35.5317; 35.7901; SY-LA; Lattakia; Latakia; Latakia
"""),
    "IQ": Country("Iraq", "Iraq", "Iraq", "governorate", """
Mosul; 36.3350; 43.1189; IQ-NI; Ninewa; Ninawa; Nineveh
Tikrit; 34.6071; 43.6782; IQ-SD; Salah al-Din; Salah ad Din; Saladin
Ramadi; 33.4258; 43.2994; IQ-AN; Al-Anbar; Anbar; Al Anbar
Baquba; 33.7466; 44.6437; IQ-DI; Diyala; =; =
Kirkuk; 35.4681; 44.3922; IQ-KI; Kirkuk; At-Ta'mim; Kirkuk
Baghdad; 33.3152; 44.3661; IQ-BG; Baghdad; =; =
Erbil; 36.1911; 44.0092; IQ-AR; Erbil; Arbil; Arbil
Sulaymaniyah; 35.5570; 45.4351; IQ-SU; Sulaymaniyah; =; =
Basra; 30.5085; 47.7804; IQ-BA; Basrah; Basra; Basra
Hilla; 32.4637; 44.4199; IQ-BB; Babil; =; =
"""),
    "CD": Country("Democratic Republic of Congo", "DR Congo (Zaire)", "Democratic Republic of the Congo",
        "province", """
Goma; -1.6585; 29.2205; CD-NK; Nord-Kivu; North Kivu; North Kivu
Beni; 0.4911; 29.4731; CD-NK; Nord-Kivu; Nord Kivu; North Kivu
Bukavu; -2.5083; 28.8608; CD-SK; Sud-Kivu; South Kivu; South Kivu
Bunia; 1.5594; 30.2522; CD-OR<CD-IT; Ituri; =; =
Kalemie; -5.9333; 29.2000; CD-KA<CD-TA; Tanganyika; =; =
Lubumbashi; -11.6876; 27.5026; CD-KA<CD-HK; Haut-Katanga; =; =
Kananga; -5.8962; 22.4166; CD-KW<CD-KC; Kasai-Central; Kasaï-Central; Kasai-Central
Kindu; -2.9437; 25.9224; CD-MA; Maniema; =; =
Kisangani; 0.5167; 25.2000; CD-OR<CD-TO; Tshopo; =; =
Kinshasa; -4.3250; 15.3222; CD-KN; Kinshasa; Kinshasa city; Kinshasa
"""),
    "CO": Country("Colombia", "Colombia", "Colombia", "department", """
Popayan; 2.4448; -76.6147; CO-CAU; Cauca; =; =
Cucuta; 7.8939; -72.5078; CO-NSA; Norte de Santander; =; North Santander
Medellin; 6.2442; -75.5812; CO-ANT; Antioquia; =; =
Pasto; 1.2136; -77.2811; CO-NAR; Narino; Nariño; Narino
Arauca; 7.0847; -70.7591; CO-ARA; Arauca; =; =
Quibdo; 5.6947; -76.6611; CO-CHO; Choco; Chocó; Choco
Cali; 3.4516; -76.5320; CO-VAC; Valle del Cauca; =; =
Mocoa; 1.1493; -76.6464; CO-PUT; Putumayo; =; =
Villavicencio; 4.1420; -73.6266; CO-MET; Meta; =; =
Bogota; 4.6486; -74.1000; CO-DC; Bogota, D.C.; Bogotá capital district; Bogota
"""),
    "MZ": Country("Mozambique", "Mozambique", "Mozambique", "province", """
Pemba; -12.9740; 40.5178; MZ-P; Cabo Delgado; =; =
Mueda; -11.6700; 39.5600; MZ-P; Cabo Delgado; =; =
Nampula; -15.1165; 39.2666; MZ-N; Nampula; =; =
Lichinga; -13.3128; 35.2406; MZ-A; Niassa; =; =
Mocuba; -16.8392; 36.9856; MZ-Q; Zambezia; =; =
Gorongosa; -18.6800; 34.0700; MZ-S; Sofala; =; =
Chimoio; -19.1164; 33.4833; MZ-B; Manica; =; =
Tete; -16.1564; 33.5867; MZ-T; Tete; =; =
Xai-Xai; -25.0519; 33.6442; MZ-G; Gaza; =; =
Maputo; -25.9553; 32.5892; MZ-L<MZ-MPM; Maputo City; Maputo city; Maputo City
"""),
    "PS": Country("Palestine", "Israel", "West Bank and Gaza Strip", "", """
Gaza; 31.5017; 34.4668; PS-Z01; Gaza Strip; =; =
Khan Yunis; 31.3462; 34.3063; PS-Z01; Gaza Strip; =; =
Rafah; 31.2870; 34.2595; PS-Z01; Gaza Strip; =; =
Deir al-Balah; 31.4183; 34.3519; PS-Z01; Gaza Strip; =; =
Jabalia; 31.5272; 34.4835; PS-Z01; Gaza Strip; =; =
Jenin; 32.4594; 35.3009; PS-Z02; West Bank; =; =
Nablus; 32.2211; 35.2544; PS-Z02; West Bank; =; =
Hebron; 31.5326; 35.0998; PS-Z02; West Bank; =; =
Ramallah; 31.9038; 35.2034; PS-Z02; West Bank; =; =
Jericho; 31.8667; 35.4500; PS-Z02; West Bank; =; =
"""),
    "XK": Country("Kosovo", "Kosovo", "Kosovo", "district", """
Pristina; 42.6629; 21.1655; XK-Z06; Pristina; =; =
Podujevo; 42.9111; 21.1900; XK-Z06; Pristina; =; =
Mitrovica; 42.8914; 20.8660; XK-Z04; Mitrovica; Kosovska Mitrovica; Kosovska Mitrovica
Skenderaj; 42.7467; 20.7886; XK-Z04; Mitrovica; =; =
Prizren; 42.2139; 20.7397; XK-Z07; Prizren; =; =
Peja; 42.6591; 20.2883; XK-Z05; Peja; Pec; Pec
Istog; 42.7808; 20.4875; XK-Z05; Peja; Pec; Pec
Gjakova; 42.3803; 20.4308; XK-Z02; Gjakova; Djakovica; Djakovica
Ferizaj; 42.3706; 21.1483; XK-Z01; Ferizaj; Urosevac; Urosevac
Gjilan; 42.4604; 21.4694; XK-Z03; Gjilan; Gnjilane; Gnjilane
"""),
    "TW": Country("Taiwan", "Taiwan", "Taiwan", "", """
Taipei; 25.0375; 121.5637; TW-TPE; Taipei City; Taipei city; Taipei
Banqiao; 25.0143; 121.4672; TW-NWT; New Taipei City; New Taipei city; New Taipei
Taoyuan; 24.9937; 121.2970; TW-TAO; Taoyuan City; Taoyuan city; Taoyuan
Taichung; 24.1469; 120.6839; TW-TXG; Taichung City; Taichung city; Taichung
Tainan; 22.9908; 120.2133; TW-TNN; Tainan City; Tainan city; Tainan
Kaohsiung; 22.6163; 120.3133; TW-KHH; Kaohsiung City; Kaohsiung city; Kaohsiung
Keelung; 25.1283; 121.7419; TW-KEE; Keelung City; Keelung city; Keelung
Hualien; 23.9769; 121.6044; TW-HUA; Hualien County; Hualien county; Hualien
Taitung; 22.7583; 121.1444; TW-TTT; Taitung County; Taitung county; Taitung
Changhua; 24.0734; 120.5134; TW-CHA; Changhua County; Changhua county; Changhua
"""),
}  # fmt: skip
_DAYS = ("03-05", "05-17", "09-28")


def write_events(path: Path, country_code: str, layout: str) -> list[Event]:
    """Write thirty events of a country as csv and return what is to become of each, in the order of the rows.

    Of the three events at a place, the first is exact, the second of the district and the third known to the province
    alone; GTD gives that one no coordinates.
    """
    country = COUNTRIES[country_code]
    rows, events = [], []
    lines = country.lines.strip().splitlines()
    first = 100 * list(COUNTRIES).index(country_code)
    for number, line in enumerate(lines * AT_EACH, first):
        town, lat, lon, code, *names = line.split("; ")
        code, _, today = code.partition("<")
        spelled = names[0] if names[FORMATS.index(layout)] == "=" else names[FORMATS.index(layout)]
        which, year = (number - first) // len(lines), 2014 + number % len(lines)
        date, exact = f"{year}-{_DAYS[which]}", which + 1
        make = {"acled": _acled, "ucdp": _ucdp, "gtd": _gtd}[layout]
        identity, row = make(country, number, date, exact, (town, lat, lon, spelled))
        rows.append(row)
        events.append(Event(identity, code, today))
    write_csv(path, rows)
    return events


_Place = tuple[str, str, str, str]
_Row = tuple[str, dict[str, str]]


def _acled(country: Country, number: int, date: str, exact: int, place: _Place) -> _Row:
    town, lat, lon, admin1 = place
    kinds = ("Battles", "Explosions/Remote violence", "Violence against civilians")
    identity = f"{country.acled[:3].upper()}{9000 + number}"
    return f"acled-{identity}", {
        "event_id_cnty": identity, "event_date": date, "year": date[:4], "time_precision": "1",
        "event_type": kinds[number % 3], "sub_event_type": "", "actor1": "Group A", "actor2": "Group B",
        "country": country.acled, "admin1": admin1, "admin2": "", "admin3": "", "location": town, "latitude": lat,
        "longitude": lon, "geo_precision": str(exact), "source": "Example", "notes": "Invented.",
        "fatalities": str(number % 7),
    }  # fmt: skip


def _ucdp(country: Country, number: int, date: str, exact: int, place: _Place) -> _Row:
    town, lat, lon, name = place
    bare = country.kind == "" or name.split()[-1] in ("district", "city", "region", "territory", "republic")
    return f"ucdp-{70000 + number}", {
        "id": str(70000 + number), "relid": f"X-{number}", "year": date[:4], "type_of_violence": str(number % 3 + 1),
        "conflict_name": "A - B", "dyad_name": "A - B", "side_a": "Group A", "side_b": "Group B",
        "source_article": "Example", "where_prec": ("1", "2", "4")[exact - 1], "where_coordinates": f"{town} town",
        "adm_1": name if bare else f"{name} {country.kind}", "adm_2": "", "latitude": lat, "longitude": lon,
        "country": country.ucdp, "event_clarity": "1", "date_prec": "1", "date_start": date, "date_end": date,
        "best": str(number % 7), "high": str(number % 7 + 2), "low": str(number % 7),
    }  # fmt: skip


def _gtd(country: Country, number: int, date: str, exact: int, place: _Place) -> _Row:
    town, lat, lon, provstate = place
    year, month, day = date.split("-")
    known = exact < AT_EACH
    identity = f"{year}{month}{day}{number:04d}"
    return f"gtd-{identity}", {
        "eventid": identity, "iyear": year, "imonth": str(int(month)), "iday": str(int(day)),
        "country_txt": country.gtd, "provstate": provstate, "city": town if known else "Unknown",
        "latitude": lat if known else "", "longitude": lon if known else "", "specificity": ("1", "3", "4")[exact - 1],
        "attacktype1": "3", "attacktype1_txt": "Bombing/Explosion", "targtype1": "4", "targtype1_txt": "Military",
        "target1": "A gate", "gname": "Group A", "nkill": str(number % 7), "nwound": str(number % 5),
    }  # fmt: skip
