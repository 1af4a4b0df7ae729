interface Position {
  x: number;
  y: number;
}

/** Rounds one or more positions to whole pixels; keeps the value of the file when the pixel is the same. */
export function alignedPositions(canvas: unknown, file: unknown): unknown {
  if (!Array.isArray(canvas)) return alignedPosition(canvas as Position, file as Position | undefined);
  const written = (file ?? []) as readonly (Position | undefined)[];
  return canvas.map((position, index) => alignedPosition(position, written[index]));
}

function alignedPosition(canvas: Position, file: Position | undefined): Position {
  const [x, y] = [Math.round(canvas.x), Math.round(canvas.y)];
  return file !== undefined && Math.round(file.x) === x && Math.round(file.y) === y ? file : { x, y };
}
