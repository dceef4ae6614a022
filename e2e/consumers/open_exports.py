"""Opens exports with the programs that others use, and compares what they see with what was annotated."""
import contextlib
import glob
import io
import json
import os
import shutil
import sys

root = sys.argv[1]
truth = json.load(open(os.path.join(root, "truth.json")))
rows = []
# Of the films that are annotated.
fps = 25


def near(a, b, tolerance):
    return len(a) == len(b) and all(
        x[0] == y[0] and abs(x[1] - y[1]) <= tolerance and abs(x[2] - y[2]) <= tolerance for x, y in zip(sorted(a), sorted(b))
    )


def wanted(video=None):
    return [(t["label"], t["start"], t["end"]) for t in truth if video is None or t["video"] == video]


def consumer(name, format_id):
    def run(check):
        try:
            with contextlib.redirect_stdout(io.StringIO()):
                seen = check(os.path.join(root, format_id))
            rows.append({"consumer": name, "format": format_id, "ok": True, "seen": seen})
        except Exception as error:
            rows.append({"consumer": name, "format": format_id, "ok": False, "seen": f"{type(error).__name__}: {error}"})

    return run


def files(folder):
    return sorted(p for p in glob.glob(os.path.join(folder, "**", "*"), recursive=True) if os.path.isfile(p))


def video_of(path):
    return os.path.basename(path).split(".")[0]


@consumer("pycocotools", "coco")
def _(folder):
    from pycocotools.coco import COCO
    from pycocotools.cocoeval import COCOeval

    coco = COCO(files(folder)[0])
    found = coco.loadAnns(coco.getAnnIds(areaRng=[0, 1e9], iscrowd=False))
    names = {c["id"]: c["name"] for c in coco.dataset["categories"]}
    assert near([(names[a["category_id"]], *a["segment"]) for a in found], wanted(), 1e-6)
    results = [{**{k: a[k] for k in ("image_id", "category_id", "bbox")}, "score": 0.9} for a in found]
    evaluation = COCOeval(coco, coco.loadRes(results), "bbox")
    evaluation.evaluate(), evaluation.accumulate(), evaluation.summarize()
    assert abs(evaluation.stats[0] - 1) < 1e-9, f"AP {evaluation.stats[0]}"
    return f"{len(found)} annotations, AP of the truth itself 1"


@consumer("kwcoco", "coco")
def _(folder):
    import kwcoco

    data = kwcoco.CocoDataset(files(folder)[0])
    assert data.n_annots == len(truth)
    return f"{data.n_videos} videos, {data.n_annots} annotations"


@consumer("pympi", "elan")
def _(folder):
    from pympi.Elan import Eaf

    count = 0
    for path in files(folder):
        eaf = Eaf(path)
        found = [(a[2], a[0] / 1000, a[1] / 1000) for tier in eaf.get_tier_names() for a in eaf.get_annotation_data_for_tier(tier)]
        assert near(found, wanted(video_of(path)), 1e-3)
        count += len(found)
    return f"{count} annotations"


@consumer("webvtt-py", "webvtt")
def _(folder):
    import webvtt

    found = [(c.text, video_of(p), c.start_in_seconds) for p in files(folder) for c in webvtt.read(p)]
    assert len(found) == len(truth)
    return f"{len(found)} cues"


@consumer("srt", "srt")
def _(folder):
    import srt

    count = 0
    for path in files(folder):
        found = [(c.content, c.start.total_seconds(), c.end.total_seconds()) for c in srt.parse(open(path, encoding="utf-8").read())]
        assert near(found, wanted(video_of(path)), 1e-3)
        count += len(found)
    return f"{count} subtitles"


@consumer("textgrid", "textgrid")
def _(folder):
    import textgrid

    count = 0
    for path in files(folder):
        grid = textgrid.TextGrid.fromFile(path)
        found = [(i.mark, float(i.minTime), float(i.maxTime)) for tier in grid for i in tier if i.mark]
        assert len(found) == len(wanted(video_of(path)))
        count += len(found)
    return f"{count} intervals"


@consumer("praatio", "textgrid")
def _(folder):
    from praatio import textgrid

    count = 0
    for path in files(folder):
        grid = textgrid.openTextgrid(path, includeEmptyIntervals=False)
        count += sum(len(grid.getTier(name).entries) for name in grid.tierNames)
    assert count == len(truth)
    return f"{count} intervals"


@consumer("datumaro", "datumaro")
def _(folder):
    import datumaro

    data = datumaro.Dataset.import_from(folder, "datumaro")
    items = list(data)
    assert items and sum(len(i.annotations) for i in items) > 0
    return f"{len(items)} items, {sum(len(i.annotations) for i in items)} annotations"


@consumer("datumaro", "cvat")
def _(folder):
    import datumaro

    count = 0
    for path in files(folder):
        items = list(datumaro.Dataset.import_from(path, "cvat"))
        tracks = {a.attributes.get("track_id") for i in items for a in i.annotations}
        assert len(tracks) == len(wanted(video_of(path))), f"{len(tracks)} tracks"
        count += len(tracks)
    return f"{count} tracks"


@consumer("datumaro", "ava")
def _(folder):
    import datumaro

    # Its importer looks for lists named for their versions, and for a folder of pictures beside them.
    place = os.path.join(folder, "import", "annotations")
    os.makedirs(place)
    os.makedirs(os.path.join(folder, "import", "frames"))
    for path in files(folder):
        name = os.path.basename(path)
        wanted_name = "ava_action_list_v2.2.pbtxt" if name.endswith("pbtxt") else name.replace(".csv", "_v2.2.csv")
        shutil.copy(path, os.path.join(place, wanted_name))
    items = list(datumaro.Dataset.import_from(os.path.join(folder, "import"), "ava"))
    seen = {(a.attributes["track_id"], i.id.split("/")[0]) for i in items for a in i.annotations}
    assert len(seen) == len(truth), f"{len(seen)} persons"
    return f"{len(items)} seconds, {len(seen)} persons"


@consumer("fiftyone", "fiftyone")
def _(folder):
    from fiftyone.utils.data.importers import FiftyOneTemporalDetectionDatasetImporter

    found = []
    # A file of labels for each part; behind each name it asks for a file.
    os.makedirs(os.path.join(folder, "data"), exist_ok=True)
    for labels in [path for path in files(folder) if path.endswith(".json")]:
        for name in json.load(open(labels, encoding="utf-8"))["labels"]:
            open(os.path.join(folder, "data", f"{name}.mp4"), "w").close()
        with FiftyOneTemporalDetectionDatasetImporter(dataset_dir=folder, labels_path=labels) as importer:
            found += [
                (d.label, round((d.support[0] - 1) / fps, 6), round(d.support[1] / fps, 6))
                for _, _, temporal, _ in importer
                for d in temporal.detections
            ]
    assert near(found, wanted(), 1e-6)
    return f"{len(found)} temporal detections"


@consumer("label-studio-sdk converter", "label-studio")
def _(folder):
    from label_studio_sdk.converter import Converter

    config = """<View><Video name="video" value="$video"/>
      <TimelineLabels name="timeline" toName="video">%s</TimelineLabels></View>"""
    names = sorted({t["label"] for t in truth})
    converter = Converter(config % "".join(f'<Label value="{name}"/>' for name in names), folder)
    out = os.path.join(folder, "converted")
    [path] = files(folder)
    converter.convert(path, out, "JSON_MIN", is_dir=False)
    [written] = files(out)
    found = [
        (region["timelinelabels"][0], (r["start"] - 1) / fps, r["end"] / fps)
        for task in json.load(open(written, encoding="utf-8"))
        for region in task["timeline"]
        for r in region["ranges"]
    ]
    assert near(found, wanted(), 1e-6)
    return f"{len(found)} timeline regions"


@consumer("boris-behav-obs", "boris")
def _(folder):
    import types
    from unittest import mock

    # Its own modules, without its windows and its player, for which this machine lacks libraries.
    [package] = [os.path.join(p, "boris") for p in sys.path if os.path.isdir(os.path.join(p, "boris"))]
    sys.modules.update({"PyQt5.QtMultimedia": mock.MagicMock(), "boris.mpv2": mock.MagicMock()})
    sys.modules["boris"] = types.ModuleType("boris")
    sys.modules["boris"].__path__ = [package]
    from boris import project_functions

    [path] = files(folder)
    _, changed, project, message = project_functions.open_project_json(path)
    assert message == "" and "error" not in project, message or project
    told = project_functions.check_project_integrity(project, "hh:mm:ss", path, media_file_available=False)
    assert told == "", told
    found = []
    for observation in project["observations"].values():
        open_states = {}
        for time, subject, code, *_ in observation["events"]:
            start = open_states.pop((subject, code), None)
            if start is None:
                open_states[(subject, code)] = float(time)
            else:
                found.append((code, start, float(time)))
    assert near(found, wanted(), 1e-6)
    return f"{len(found)} states, project integrity without a word"


@consumer("praat (parselmouth)", "textgrid")
def _(folder):
    import parselmouth

    count = 0
    for path in files(folder):
        grid = parselmouth.read(path)
        for tier in range(1, int(parselmouth.praat.call(grid, "Get number of tiers")) + 1):
            for i in range(1, int(parselmouth.praat.call(grid, "Get number of intervals...", tier)) + 1):
                count += parselmouth.praat.call(grid, "Get label of interval...", tier, i) != ""
    assert count == len(truth)
    return f"{count} intervals"


# Loaders that need a GPU framework to be installed: what they ask of a file, as their code reads it.


@consumer("ActivityNet eval_detection (as read)", "activitynet")
def _(folder):
    data = json.load(open(files(folder)[0], encoding="utf-8"))
    assert {"database", "taxonomy", "version"} <= set(data)
    subsets = {v["subset"] for v in data["database"].values()}
    assert subsets <= {"training", "validation", "testing"}, subsets
    found = [(a["label"], *map(float, a["segment"])) for v in data["database"].values() for a in v["annotations"]]
    assert near(found, wanted(), 1e-6)
    return f"{len(found)} ground truth instances in {sorted(subsets)}"


@consumer("ActionFormer, OpenTAD (as read)", "activitynet")
def _(folder):
    database = json.load(open(files(folder)[0], encoding="utf-8"))["database"]
    class_map = sorted({a["label"] for v in database.values() for a in v["annotations"]})
    count = 0
    for video in database.values():
        frames_of_second = float(video["frame"]) / float(video["duration"])
        assert abs(frames_of_second - float(video["fps"])) < 1e-6
        for a in video["annotations"]:
            start, end = (float(x) * frames_of_second for x in a["segment"])
            assert 0 <= start < end <= video["frame"] + 1e-6 and end - start > 0.001
            assert isinstance(a["label_id"], int) and class_map.index(a["label"]) >= 0
            count += 1
    assert len({a["label_id"] for v in database.values() for a in v["annotations"]}) == len(class_map)
    return f"{count} instances inside their videos, {len(class_map)} classes"


@consumer("MMAction2 ActivityNetDataset (as read)", "mmaction2")
def _(folder):
    count = 0
    for name, video in json.load(open(files(folder)[0], encoding="utf-8")).items():
        assert name.startswith("v_")
        # GenerateLocalizationLabels scales by the share of the frames that features cover.
        seconds = float(video["feature_frame"]) / video["duration_frame"] * video["duration_second"]
        for a in video["annotations"]:
            assert 0 <= a["segment"][0] / seconds < a["segment"][1] / seconds <= 1 + 1e-9
            count += 1
    assert count == len(truth)
    return f"{count} instances"


@consumer("MMAction2 RawframeDataset (as read)", "mmaction2-rawframes")
def _(folder):
    lists = [p for p in files(folder) if "label_map" not in p]
    names = open(next(p for p in files(folder) if "label_map" in p), encoding="utf-8").read().splitlines()
    found = []
    for line in (line for p in lists for line in open(p, encoding="utf-8")):
        _, offset, total, label = line.strip().split()
        found.append((names[int(label)], int(offset) / fps, (int(offset) + int(total)) / fps))
    assert near(found, wanted(), 1e-6)
    return f"{len(found)} clips with offsets"


@consumer("MMAction2 AVADataset (as read)", "ava")
def _(folder):
    lists = [p for p in files(folder) if p.endswith(".csv") and "import" not in p]
    rows_of = [line.strip().split(",") for p in lists for line in open(p, encoding="utf-8")]
    for video, second, *rest in rows_of:
        assert int(second) >= 0 and all(0 <= float(x) <= 1 for x in rest[:4]) and int(rest[4]) > 0 and int(rest[5]) >= 0
    return f"{len(rows_of)} boxes"


@consumer("EPIC-KITCHENS loaders (as read)", "epic-kitchens")
def _(folder):
    import csv
    import datetime

    zero = datetime.datetime.strptime("00:00:00.0", "%H:%M:%S.%f")
    found = []
    for path in (p for p in files(folder) if p.endswith(".csv")):
        for row in csv.DictReader(open(path, encoding="utf-8", newline="")):
            times = [
                (datetime.datetime.strptime(row[key], "%H:%M:%S.%f") - zero).total_seconds()
                for key in ("start_timestamp", "stop_timestamp")
            ]
            found.append((" ".join(filter(None, (row["verb"], row["noun"]))), *times))
    assert near(found, wanted(), 1e-3)
    return f"{len(found)} narrations"


def lists(folder, start):
    return [line.rsplit(" ", 1) for p in files(folder) if os.path.basename(p).startswith(start) for line in open(p, encoding="utf-8").read().splitlines()]


@consumer("pandas and pyarrow, as LeRobot reads subtasks", "lerobot")
def _(folder):
    import pandas

    table = pandas.read_parquet(os.path.join(folder, "meta", "subtasks.parquet"))
    assert table.index.name == "subtask" and set(table.index) == {t["label"] for t in truth}
    assert list(table["subtask_index"]) == list(range(len(table)))
    found = []
    for row in (json.loads(line) for line in open(os.path.join(folder, "meta", "episodes.jsonl"), encoding="utf-8")):
        assert all(name in table.index for name in row["subtask_names"])
        times = zip(row["subtask_names"], row["subtask_start_frames"], row["subtask_end_frames"])
        found += [(name, start / fps, (end + 1) / fps) for name, start, end in times]
    assert near(found, wanted(), 1e-6)
    return f"{len(table)} subtasks, {len(found)} of episodes"


@consumer("PyAV, by the lists of clips", "clips")
def _(folder):
    import csv

    import av

    names = open(os.path.join(folder, "label_map.txt"), encoding="utf-8").read().splitlines()
    listed = lists(folder, "videos")
    for path, label in listed:
        assert int(label) < len(names)
        with av.open(os.path.join(folder, path)) as film:
            assert sum(1 for _ in film.decode(video=0)) > 0, path
    [table] = [list(csv.DictReader(open(p, encoding="utf-8", newline=""))) for p in files(folder) if p.endswith("clips.csv")]
    assert listed and len(listed) == len(table), f"{len(listed)} clips, {len(table)} rows"
    return f"{len(listed)} clips decoded"


@consumer("MMAction2 RawframeDataset (as read), OpenCV", "frames")
def _(folder):
    import cv2

    count = 0
    listed = [(*place.rsplit(" ", 1), label) for place, label in lists(folder, "rawframes")]
    for place, total, _ in listed:
        for index in range(1, int(total) + 1):
            picture = cv2.imread(os.path.join(folder, place, f"img_{index:05}.jpg"))
            assert picture is not None and min(picture.shape[:2]) <= 256
            count += 1
    assert count
    return f"{count} pictures of {len(listed)} segments"


@consumer("numpy", "features-npy")
def _(folder):
    import numpy

    videos = json.load(open(os.path.join(folder, "features.json"), encoding="utf-8"))["videos"]
    for name, video in videos.items():
        path = os.path.join(folder, video["features"])
        rows_of = numpy.load(path, allow_pickle=False)
        times = numpy.load(os.path.join(folder, "times", os.path.basename(path)), allow_pickle=False)
        assert rows_of.dtype == numpy.float32 and list(rows_of.shape) == video["shape"] and len(times) == len(rows_of), name
        assert (numpy.diff(times) >= 0).all() and numpy.isfinite(rows_of).all()
    return f"{len(videos)} arrays with their times"


@consumer("numpy", "features-npz")
def _(folder):
    import numpy

    videos = json.load(open(os.path.join(folder, "features.json"), encoding="utf-8"))["videos"]
    for name, video in videos.items():
        with numpy.load(os.path.join(folder, video["features"]), allow_pickle=False) as packed:
            arrays = {key: packed[key] for key in packed.files}
        assert arrays["features"].dtype == numpy.float16 and len(arrays["segments"]) == len(arrays["labels"]), name
        assert len(arrays["labels"]) == 0 or int(arrays["labels"].max()) < len(arrays["classes"])
    return f"{len(videos)} files with segments and classes"


print(json.dumps(rows, indent=1))
sys.exit(0 if all(row["ok"] for row in rows) else 1)
