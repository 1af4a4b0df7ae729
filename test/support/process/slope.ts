/** Returns the slope of the regression line through some points (least squares). */
export function regressionSlope(points: readonly (readonly [x: number, y: number])[]): number {
  const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
  const [middle, height] = [mean(0), mean(1)];
  const covariance = points.reduce((sum, [x, y]) => sum + (x - middle) * (y - height), 0);
  const variance = points.reduce((sum, [x]) => sum + (x - middle) ** 2, 0);
  return covariance / variance;
}
