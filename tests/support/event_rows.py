"""One event as ACLED exports it; invented."""

ACLED = {
    "event_id_cnty": "AFG1", "event_date": "2021-08-26", "year": "2021", "time_precision": "1",
    "disorder_type": "Political violence", "event_type": "Explosions/Remote violence", "sub_event_type": "Suicide bomb",
    "actor1": "Group A", "assoc_actor_1": "", "inter1": "2", "actor2": "Civilians", "assoc_actor_2": "", "inter2": "7",
    "interaction": "27", "civilian_targeting": "Civilian targeting", "iso": "4", "region": "Caucasus and Central Asia",
    "country": "Afghanistan", "admin1": "Kabul", "admin2": "Kabul", "admin3": "", "location": "Kabul",
    "latitude": "34.5289", "longitude": "69.1725", "geo_precision": "1", "source": "Example",
    "source_scale": "National", "notes": "Made up for this test.", "fatalities": "3",
    "tags": "", "timestamp": "1700000000",
}  # fmt: skip
