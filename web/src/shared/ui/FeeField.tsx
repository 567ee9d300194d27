import { TextInput, type TextInputProps } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useQuery } from '@tanstack/react-query'
import { priceQuery } from '@/shared/api/price'
import { formatMoney, formatPercent, minorUnits } from '@/shared/format/money'
import { words } from '@/shared/text'

const text = words.register

/** A fee as it is typed, and below it what a patient pays then. */
export function FeeField({ currency, value, ...rest }: TextInputProps & { currency: string; value: string }) {
  const typed = minorUnits(value, currency)
  const [settled] = useDebouncedValue(typed, 250)
  const price = useQuery({ ...priceQuery(settled ?? 0), enabled: settled !== null })
  const { data } = price
  const known = data && !price.isError && typed !== null && settled === typed && data.fee.amount === typed
  return (
    <div>
      <TextInput {...rest} label={text.fee(currency)} description={text.feeHint} inputMode="decimal" value={value} />
      <p className="small soft" role="status" style={{ minHeight: '1.5em', marginTop: 6 }}>
        {known && (data.total.amount === 0 ? text.price.free : text.price.total(formatMoney(data.total), formatPercent(data.tax_percent)))}
      </p>
    </div>
  )
}
