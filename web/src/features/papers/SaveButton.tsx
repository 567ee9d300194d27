import { useMutation } from '@tanstack/react-query'
import { IconDownload } from '@tabler/icons-react'
import { download } from '@/shared/api/client'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'
import { saveFile } from '@/shared/ui/save'

/** A paper as PDF: fetched as the signed-in person, then the browser's to keep. */
export function SaveButton({ path, name, label }: { path: string; name: string; label: string }) {
  const save = useMutation({ mutationFn: () => download(path), onSuccess: (file) => saveFile(file, name) })
  return (
    <>
      <Button look="outline" icon={<IconDownload size={20} aria-hidden="true" />} busy={save.isPending} onClick={() => save.mutate()}>
        {label}
      </Button>
      {save.error && <Failure error={save.error} />}
    </>
  )
}
