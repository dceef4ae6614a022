"""Opens exports with the programs that others use, and compares what they see with what was annotated."""
import contextlib
import glob
import io
import json
import os
import sys

root = sys.argv[1]
truth = json.load(open(os.path.join(root, "truth.json")))
rows = []


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


print(json.dumps(rows, indent=1))
sys.exit(0 if all(row["ok"] for row in rows) else 1)
