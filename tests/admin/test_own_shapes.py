"""Threads that ask about the same polygons at once."""

import gc
import subprocess
import sys
import threading

import numpy as np
import pytest
import shapely

from geo import locate_points, read_provinces
from geo.admin.own_shapes import _copies, own_shape

#: Four threads meet again and again at polygons that none of them has asked yet, in twenty processes that begin alike.
#: With polygons prepared for all threads, most of those processes die of corrupted memory.
RACE = """
import os, threading
import numpy as np, shapely
from geo import read_provinces
from geo.admin.distance import BorderIndex, covering, within_m

areas = read_provinces(countries="AF").geometry.to_numpy()

def race(seed):
    random = np.random.default_rng(seed)
    lon, lat = random.uniform(60, 75, 1000), random.uniform(29, 38, 1000)
    shared, meet, asked = {}, threading.Barrier(4), []
    inside, near = covering(lon, lat, areas), within_m(lon, lat, areas, 5000.0)

    def ask(thread):
        for turn in range(15):
            if not thread:
                shared["areas"] = shapely.transform(areas, np.array)
                shared["borders"] = BorderIndex(shared["areas"])
            meet.wait()
            found = covering(lon, lat, shared["areas"]), within_m(lon, lat, shared["areas"], 5000.0)
            shared["borders"].nearest(lon[:50], lat[:50], 2000.0)
            asked.append((found[0] == inside).all() and (found[1] == near).all())
            meet.wait()

    threads = [threading.Thread(target=ask, args=(i,)) for i in range(4)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return len(asked) == 60 and all(asked)

for seed in range(20):
    if not (child := os.fork()):
        os._exit(0 if race(seed) else 1)
    print(os.waitpid(child, 0)[1], flush=True)
"""


@pytest.mark.slow
def test_four_threads_ask_the_same_polygons_in_twenty_processes():
    ran = subprocess.run([sys.executable, "-c", RACE], capture_output=True, text=True, timeout=120)
    assert (ran.stdout.split(), ran.stderr) == (["0"] * 20, "")


@pytest.fixture
def square():
    return shapely.box(0, 0, 1, 1)


def test_the_polygon_itself_is_never_prepared(square):
    own = own_shape(square)
    assert shapely.is_prepared(own)
    assert not shapely.is_prepared(square)
    assert own == square


def test_each_thread_has_one_copy_of_its_own(square):
    copies = [own_shape(square), own_shape(square)]
    thread = threading.Thread(target=lambda: copies.append(own_shape(square)))
    thread.start()
    thread.join()
    assert copies[0] is copies[1]
    assert copies[2] is not copies[0]


def test_a_copy_goes_with_its_polygon():
    before = len(_copies.of)
    many = [shapely.box(i, 0, i + 1, 1) for i in range(100)]
    for square in many:
        own_shape(square)
    assert len(_copies.of) == before + 100
    del many, square
    gc.collect()
    assert len(_copies.of) == before


def test_shipped_provinces_are_left_unprepared_by_geocoding():
    provinces = read_provinces(countries="AF")
    locate_points([69.2, 0.1], [34.5, 0.1], provinces=provinces)
    assert not shapely.is_prepared(np.asarray(provinces.geometry)).any()
