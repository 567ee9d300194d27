/** Sends a picture the way the server says: to whoever keeps pictures, which need not be the server itself. */
import { answer, client } from './client'
import { Problem } from './problem'

export const invitePhoto = () => answer(client.POST('/api/me/photo/upload'))
export type Invitation = Awaited<ReturnType<typeof invitePhoto>>

export const showPhoto = (upload_id: string) => answer(client.PUT('/api/me/photo', { body: { upload_id } }))
export const removePhoto = () => answer(client.DELETE('/api/me/photo'))

/**
 * The fields of the invitation first, the file last, as presigned forms want it. Without the access token: the invitation
 * is the permission. Progress is a share from 0 to 1.
 */
export function sendPhoto(invitation: Invitation, file: Blob, onProgress: (share: number) => void): Promise<void> {
  const form = new FormData()
  for (const [name, value] of Object.entries(invitation.fields)) form.append(name, value)
  form.append('file', file)
  return new Promise((resolve, reject) => {
    // fetch does not tell how much of a file has gone out.
    const request = new XMLHttpRequest()
    request.upload.addEventListener('progress', ({ loaded, total, lengthComputable }) => lengthComputable && onProgress(loaded / total))
    request.addEventListener('load', () => (request.status < 300 ? resolve() : reject(refusal(request))))
    request.addEventListener('error', () => reject(new TypeError('the picture did not arrive')))
    request.addEventListener('timeout', () => reject(new TypeError('the picture did not arrive')))
    request.open('POST', invitation.url)
    request.send(form)
  })
}

/** The keeper answers in words of its own; what counts is whether the file was too big. */
function refusal({ status, responseText }: XMLHttpRequest): Problem {
  const tooBig = status === 413 || responseText.includes('EntityTooLarge')
  return new Problem(tooBig ? 'too-big' : 'not-sent', status)
}
