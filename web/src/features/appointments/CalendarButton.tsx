import { useMutation } from '@tanstack/react-query'
import { IconDownload } from '@tabler/icons-react'
import { download } from '@/shared/api/client'
import { calendarPath } from '@/shared/api/mine'
import { words } from '@/shared/text'
import { Button } from '@/shared/ui/Button'
import { Failure } from '@/shared/ui/Failure'

const text = words.appointments

/** The visit for a calendar. Fetched as the signed-in person, then handed to the browser as a file. */
export function CalendarButton({ id }: { id: string }) {
  const fetchFile = useMutation({
    mutationFn: () => download(calendarPath(id)),
    onSuccess: (file) => {
      const url = URL.createObjectURL(file)
      const link = document.createElement('a')
      link.href = url
      link.download = text.calendarFile
      link.click()
      // Safari reads the file only after this turn.
      setTimeout(() => URL.revokeObjectURL(url), 10_000)
    },
  })
  return (
    <>
      <Button look="outline" size="small" icon={<IconDownload size={18} aria-hidden="true" />} busy={fetchFile.isPending} onClick={() => fetchFile.mutate()}>
        {text.addToCalendar}
      </Button>
      {fetchFile.error && <Failure error={fetchFile.error} />}
    </>
  )
}
