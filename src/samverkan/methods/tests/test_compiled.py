"""The compiled kernels and their fall-back are one thing seen twice."""

import os
import subprocess
import sys
import threading

import numpy as np
import pytest

from samverkan.methods import compiled

KEYS = compiled.stream_keys(compiled.seed_key(11), np.arange(5))


def test_the_compiled_generator_gives_the_bits_of_the_numpy_generator():
    from samverkan.methods import compiled_random

    key = compiled.seed_key(11)
    for stream in range(5):
        assert compiled_random.stream_key(key, stream) == KEYS[stream]
        for counter in (0, 1, 12345, 2**40):
            bits = compiled.random_bits(KEYS[stream : stream + 1], np.array([counter]))
            assert compiled_random.bits_at(KEYS[stream], counter) == bits[0]
            assert compiled_random.below(bits[0], 1000) == compiled.random_below(bits, 1000)[0]
            assert compiled_random.unit(bits[0]) == compiled.random_unit(bits)[0]


def test_the_compiled_shuffle_gives_the_numpy_permutation():
    from samverkan.methods import compiled_random

    rows = compiled.permutations(200, KEYS)
    for key, row in zip(KEYS, rows, strict=True):
        values = np.arange(200, dtype=np.int32)
        compiled_random.shuffle(values, key)
        assert np.array_equal(values, row)


def test_permutations_are_permutations_and_uniform_in_each_place():
    keys = compiled.stream_keys(compiled.seed_key(3), np.arange(6000))
    rows = compiled.permutations(6, keys)
    assert np.array_equal(np.sort(rows, axis=1), np.tile(np.arange(6), (6000, 1)))
    counts = np.array([np.bincount(rows[:, place], minlength=6) for place in range(6)])
    assert np.abs(counts - 1000).max() < 5 * np.sqrt(1000 * 5 / 6)


def test_streams_of_a_seed_do_not_repeat_each_other():
    keys = compiled.stream_keys(compiled.seed_key(1), np.arange(1000))
    bits = compiled.random_bits(keys[:, None], np.arange(100)[None, :])
    assert len(np.unique(bits)) == 100_000
    assert abs(compiled.random_unit(bits).mean() - 0.5) < 5 / np.sqrt(12 * 100_000)


def test_a_seed_may_be_a_generator_and_seeds_differ():
    assert compiled.seed_key(np.random.default_rng(4)) == compiled.seed_key(
        np.random.default_rng(4)
    )
    assert compiled.seed_key(4) != compiled.seed_key(5)


def test_chunks_come_back_in_order_whatever_the_number_of_threads():
    ranges = compiled.split_range(10, 3)
    assert ranges == [(0, 3), (3, 6), (6, 9), (9, 10)]
    for n_threads in (1, 2, 7):
        assert compiled.map_chunks(sum, ranges, n_threads=n_threads) == [3, 9, 15, 19]
    assert compiled.map_chunks(sum, []) == []


def test_an_error_in_a_chunk_reaches_the_caller():
    with pytest.raises(ZeroDivisionError):
        compiled.map_chunks(lambda item: 1 // item, [1, 0], n_threads=2)


def test_the_forced_fallback_reaches_the_threads_and_ends_with_the_block():
    assert compiled.is_available()
    with compiled.without_numba():
        seen = compiled.map_chunks(lambda _: compiled.is_available(), [0, 1], n_threads=2)
        assert seen == [False, False]
    assert compiled.is_available()


def test_an_operator_can_forbid_numba_and_bound_the_threads(monkeypatch):
    monkeypatch.setenv(compiled.FALLBACK_VARIABLE, "1")
    monkeypatch.setenv(compiled.THREADS_VARIABLE, "3")
    assert not compiled.is_available()
    assert compiled.thread_count() == 3
    assert compiled.thread_count(1) == 1


def test_importing_the_module_does_not_import_numba():
    program = (
        "import sys, samverkan.methods.compiled as c;"
        "c.is_available(); sys.exit('numba' in sys.modules)"
    )
    environment = {**os.environ, "PYTHONPATH": "src"}
    assert subprocess.run([sys.executable, "-c", program], env=environment).returncode == 0


def test_kernels_compile_where_the_package_is_read_only(tmp_path):
    package = tmp_path / "installed"
    package.mkdir()
    (package / "kernel_probe.py").write_text(
        "from samverkan.methods.compiled import jit\n\n@jit\ndef double(value):\n"
        "    return value + value\n"
    )
    package.chmod(0o555)
    program = "import kernel_probe; assert kernel_probe.double(4) == 8"
    environment = {
        **os.environ,
        "PYTHONPATH": f"{package}{os.pathsep}src",
        "NUMBA_CACHE_DIR": str(tmp_path / "cache"),
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    try:
        subprocess.run([sys.executable, "-c", program], env=environment, check=True)
        assert list((tmp_path / "cache").rglob("*.nbi"))
    finally:
        package.chmod(0o755)


def test_kernels_compile_where_no_cache_can_be_written():
    scope = {"jit": compiled.jit}
    source = "@jit\ndef double(value):\n    return value + value\n"
    exec(compile(source, "/nowhere/kernel.py", "exec"), scope)
    assert scope["double"](4) == 8


def test_two_threads_may_call_one_kernel_at_once():
    from samverkan.methods import compiled_random

    answers = {}

    def work(name: int) -> None:
        values = np.arange(1000, dtype=np.int32)
        compiled_random.shuffle(values, KEYS[0])
        answers[name] = values

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(np.array_equal(answers[0], answer) for answer in answers.values())


def test_importing_the_methods_with_kernels_does_not_import_numba():
    program = "import sys, samverkan.methods.clusters; sys.exit('numba' in sys.modules)"
    environment = {**os.environ, "PYTHONPATH": "src"}
    assert subprocess.run([sys.executable, "-c", program], env=environment).returncode == 0
