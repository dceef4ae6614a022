-- A point of a curve named its training by a sentence; now it is facts.
UPDATE versions SET facts = json_set(facts, '$.curve', json(typed_runs(json_extract(facts, '$.curve'))))
  WHERE json_type(facts, '$.curve') = 'array';
