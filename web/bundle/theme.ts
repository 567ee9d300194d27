import { DEFAULT_THEME, convertCssVariables, defaultCssVariablesResolver, mergeMantineTheme } from '@mantine/core'
import type { Plugin } from 'vite'
import { theme } from '../src/shared/ui/mantine/theme.ts'

/** The theme's CSS variables as a file: Mantine would otherwise write a style tag at run time, which a strict content security policy refuses. */
export function themeVariables(): Plugin {
  const id = 'virtual:theme-variables.css'
  return {
    name: 'theme-variables',
    resolveId: (source) => (source === id ? `\0${id}` : null),
    load: (source) =>
      source === `\0${id}` ? convertCssVariables(defaultCssVariablesResolver(mergeMantineTheme(DEFAULT_THEME, theme))) : null,
  }
}
