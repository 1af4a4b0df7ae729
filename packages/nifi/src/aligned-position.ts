interface Position {
  x: number;
  y: number;
}

/** A place on the canvas, or several, in whole pixels; as in the file when it is the same pixel. */
export function alignedPositions(canvas: unknown, file: unknown): unknown {
  if (!Array.isArray(canvas)) return alignedPosition(canvas as Position, file as Position | undefined);
  const written = (file ?? []) as readonly (Position | undefined)[];
  return canvas.map((one, place) => alignedPosition(one, written[place]));
}

function alignedPosition(canvas: Position, file: Position | undefined): Position {
  const [x, y] = [Math.round(canvas.x), Math.round(canvas.y)];
  return file !== undefined && Math.round(file.x) === x && Math.round(file.y) === y ? file : { x, y };
}
