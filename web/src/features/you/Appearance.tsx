import { Radio, useMantineColorScheme } from '@mantine/core'
import { words } from '@/shared/text'

const text = words.account.you

/** Light, dark, or as the device is set. Kept on this device only. */
export function Appearance() {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <div className="card pad">
      <Radio.Group label={text.appearance} value={colorScheme} onChange={(value) => setColorScheme(value)}>
        {(['auto', 'light', 'dark'] as const).map((scheme) => (
          <Radio key={scheme} value={scheme} label={text.appearances[scheme]} />
        ))}
      </Radio.Group>
    </div>
  )
}
