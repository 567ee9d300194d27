import styles from './landing.module.css'

const CENTRE = 400
const RING = 352

function point(radius: number, degrees: number): [number, number] {
  const angle = ((degrees - 90) * Math.PI) / 180
  return [CENTRE + radius * Math.cos(angle), CENTRE + radius * Math.sin(angle)]
}

function Tick({ degrees, from, to, className }: { degrees: number; from: number; to: number; className?: string }) {
  const [x1, y1] = point(from, degrees)
  const [x2, y2] = point(to, degrees)
  return <line x1={x1} y1={y1} x2={x2} y2={y2} className={className} />
}

const [fromX, fromY] = point(RING, 258)
const [toX, toY] = point(RING, 339)

/** The clock ring: a quarter of an hour for each small mark, an hour for each large one, an amber arc of open hours. */
export function Dial() {
  return (
    <svg className={styles.dial} viewBox="0 0 800 800" aria-hidden="true">
      <circle cx={CENTRE} cy={CENTRE} r={RING} className={styles.ring} />
      {Array.from({ length: 96 }, (_, index) => (
        <Tick key={index} degrees={index * 3.75} from={312} to={319} className={styles.tick} />
      ))}
      {Array.from({ length: 24 }, (_, index) => (
        <Tick key={index} degrees={index * 15} from={308} to={322} className={styles.hour} />
      ))}
      <path d={`M${fromX},${fromY} A${RING} ${RING} 0 0 1 ${toX},${toY}`} className={styles.arc} />
    </svg>
  )
}
