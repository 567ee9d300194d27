interface Form {
  getInputNode: (path: string) => HTMLElement | null
}

/** After a refused form the cursor stands where the first mistake is. */
export function focusFirstMistake(form: Form): (errors: Record<string, unknown>) => void {
  return (errors) => {
    const [first] = Object.keys(errors)
    if (first !== undefined) form.getInputNode(first)?.focus()
  }
}
