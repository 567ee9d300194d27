import { useState } from 'react'
import { formatWhole, type MoneyLike } from '@/shared/format/money'
import { words } from '@/shared/text'
import styles from './find.module.css'
import { scaleOf, type Scale } from './price'

const text = words.find

interface Props {
  /** The highest fee of all, so that no doctor lies beyond the scale; until the server has told it nothing can be chosen. */
  dearest: MoneyLike | undefined
  price: number | undefined
  onChange: (price: number | undefined) => void
}

export function PriceFilter({ dearest, price, onChange }: Props) {
  if (!dearest) return <Slider scale={{ step: 1, top: 2 }} currency="USD" price={undefined} disabled onChange={onChange} />
  const scale = scaleOf(dearest)
  return scale && <Slider scale={scale} currency={dearest.currency} price={price} onChange={onChange} />
}

/** Follows the finger at once and settles when it is lifted; what a scrolling finger only brushed goes back to what counts. */
function Slider({ scale, currency, price, disabled = false, onChange }: Omit<Props, 'dearest'> & { scale: Scale; currency: string; disabled?: boolean }) {
  const { step, top } = scale
  const [moved, setMoved] = useState<number>()
  const [counts, setCounts] = useState(price)
  if (counts !== price) {
    setCounts(price)
    setMoved(undefined)
  }
  const value = Math.min(moved ?? price ?? top, top)
  const settle = () => {
    const chosen = value >= top ? undefined : value
    if (moved === undefined || chosen === price) setMoved(undefined)
    else onChange(chosen)
  }
  const label = value >= top ? text.priceAny : text.priceUpTo(formatWhole({ amount: value, currency }))
  return (
    <fieldset>
      <legend>{text.price}</legend>
      <input
        type="range"
        disabled={disabled}
        className={styles.range}
        min={step}
        max={top}
        step={step}
        value={value}
        aria-label={text.price}
        aria-valuetext={label}
        onChange={(event) => setMoved(Number(event.currentTarget.value))}
        onPointerUp={settle}
        onPointerCancel={() => setMoved(undefined)}
        onKeyUp={settle}
        onBlur={settle}
      />
      <p className="strong small" aria-hidden="true">
        {label}
      </p>
    </fieldset>
  )
}
