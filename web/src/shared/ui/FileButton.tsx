import { useMutation } from '@tanstack/react-query'
import { IconDownload } from '@tabler/icons-react'
import { download } from '@/shared/api/client'
import { Button } from './Button'
import { Failure } from './Failure'
import { saveFile } from './save'

interface Props {
  path: string
  /** What the file is called where it is kept. */
  name: string
  label: string
  look?: 'outline' | 'quiet'
}

/** A file that only the signed-in person may have: fetched as them, then handed to the browser. */
export function FileButton({ path, name, label, look = 'outline' }: Props) {
  const fetchFile = useMutation({ mutationFn: () => download(path), onSuccess: (file) => saveFile(file, name) })
  return (
    <>
      <Button look={look} size="small" icon={<IconDownload size={18} aria-hidden="true" />} busy={fetchFile.isPending} onClick={() => fetchFile.mutate()}>
        {label}
      </Button>
      {fetchFile.error && <Failure error={fetchFile.error} />}
    </>
  )
}
