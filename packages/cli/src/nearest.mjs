/**
 * Finds the name that is most similar to a misspelled one, with at most a third of its letters different. Undefined without one.
 *
 * @param {string} typed
 * @param {readonly string[]} names
 */
export function nearest(typed, names) {
  const [best] = names
    .map((name) => ({ name, distance: editDistance(typed.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, distance }) => distance <= Math.max(1, Math.ceil(name.length / 3)))
    .sort((a, b) => a.distance - b.distance);
  return best?.name;
}

/**
 * The number of letters to insert, delete, replace or swap with their neighbour (optimal string alignment).
 *
 * @param {string} from
 * @param {string} to
 */
function editDistance(from, to) {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (/** @type {number} */ row, /** @type {number} */ column) => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= from.length; row++) {
    rows.push([row]);
    for (let column = 1; column <= to.length; column++) {
      const changed = from[row - 1] === to[column - 1] ? 0 : 1;
      const isSwap = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
      const distance = Math.min(
        at(row - 1, column) + 1,
        at(row, column - 1) + 1,
        at(row - 1, column - 1) + changed,
        isSwap ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
      rows[row]?.push(distance);
    }
  }
  return at(from.length, to.length);
}
