import { createTheme } from '@mantine/core'

/** The look's colours, sizes and shapes for Mantine's components; everything else takes them from shared/ui/styles/tokens.css. */
export const theme = createTheme({
  primaryColor: 'brand',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  black: '#0E2329',
  defaultRadius: 'md',
  respectReducedMotion: true,
  cursorType: 'pointer',
  colors: {
    brand: ['#EEF7F8', '#DFF0F2', '#B9E0E4', '#86D8DF', '#5CC5CF', '#2E9EAA', '#157A87', '#0B5C69', '#08474F', '#06343C'],
    gray: ['#F2F6F6', '#E7EEEF', '#DCE5E6', '#D3DEDF', '#6B8085', '#5A6F74', '#53676C', '#3C5258', '#24383E', '#0E2329'],
    dark: ['#EAF3F3', '#BACBCE', '#98ADB1', '#8AA1A6', '#6E8A91', '#284147', '#112226', '#112226', '#0A1619', '#050C0E'],
  },
  fontFamily: 'var(--text)',
  fontSizes: { xs: '.875rem', sm: '.9375rem', md: '1.0625rem', lg: '1.1875rem', xl: '1.375rem' },
  radius: { xs: '6px', sm: '8px', md: '12px', lg: '18px', xl: '22px' },
  headings: {
    fontFamily: 'var(--head)',
    fontWeight: '600',
    sizes: { h1: { fontSize: '2.375rem' }, h2: { fontSize: '1.75rem' }, h3: { fontSize: '1.375rem' } },
  },
  components: {
    // The scroll lock of a dialog would write a style tag; dialogs.css does it without one.
    // Its heading is no banner of the whole page, which its element would say otherwise.
    Modal: { defaultProps: { attributes: { header: { role: 'presentation' } }, centered: true, radius: 'xl', lockScroll: false, overlayProps: { color: 'var(--scrim)', backgroundOpacity: 1 } } },
    TextInput: { defaultProps: { size: 'md' } },
    PasswordInput: { defaultProps: { size: 'md' } },
    Textarea: { defaultProps: { size: 'md' } },
    NativeSelect: { defaultProps: { size: 'md' } },
    Autocomplete: { defaultProps: { size: 'md' } },
    Select: { defaultProps: { size: 'md' } },
    NumberInput: { defaultProps: { size: 'md' } },
    DatePickerInput: { defaultProps: { size: 'md' } },
    TimeInput: { defaultProps: { size: 'md' } },
    Checkbox: { defaultProps: { size: 'md' } },
    Radio: { defaultProps: { size: 'md' } },
  },
})
