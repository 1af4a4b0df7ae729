const width = 120;
const height = 24;

/** Counts over time as small bars, with a label for screen readers. */
export function SparkLine({ counts, label }: { counts: readonly number[]; label: string }) {
  const most = Math.max(1, ...counts);
  const step = width / counts.length;
  return (
    <svg class="functions-spark" viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
      <title>{label}</title>
      <path class="base" d={`M0 ${height - 0.5}H${width}`} />
      {counts.map((count, index) => {
        if (count === 0) return null;
        const size = Math.max(2, (count / most) * (height - 1));
        return (
          <rect
            key={index}
            x={index * step}
            y={height - size}
            width={Math.max(1, step - 0.5)}
            height={size}
          />
        );
      })}
    </svg>
  );
}
