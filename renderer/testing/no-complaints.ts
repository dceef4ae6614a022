import { afterEach, beforeEach, expect, vi, type MockInstance } from 'vitest';

// What React complains of (two children with one key, a state set while drawing) shows as something odd much later, if ever.
let complaints: MockInstance<typeof console.error>;

beforeEach(() => {
  complaints = vi.spyOn(console, 'error');
});

afterEach(() => {
  const said = complaints.mock.calls.map((words) => words.map(String).join(' '));
  complaints.mockRestore();
  expect(said, 'complaints in the console').toEqual([]);
});
