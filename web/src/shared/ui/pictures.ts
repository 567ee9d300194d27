/** A picture as the browser sees it, before it is sent. */

/** What a picture that is too big for the server is made smaller to: more than it is ever shown in. */
const LONGEST = 1600

export class NoPicture extends Error {}

export async function readPicture(file: Blob): Promise<ImageBitmap> {
  try {
    return await createImageBitmap(file)
  } catch {
    throw new NoPicture()
  }
}

/** Paints the square middle of it, as the server will cut it. */
export function paintSquare(canvas: HTMLCanvasElement, picture: ImageBitmap): void {
  const side = Math.min(picture.width, picture.height)
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2]
  canvas.getContext('2d')?.drawImage(picture, left, top, side, side, 0, 0, canvas.width, canvas.height)
}

/** The file, or the same picture in fewer pixels where the file has more bytes than are taken. */
export async function withinBytes(file: Blob, picture: ImageBitmap, largest: number): Promise<Blob> {
  if (file.size <= largest) return file
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height))
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(picture.width * scale)
  canvas.height = Math.round(picture.height * scale)
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height)
  return new Promise((resolve) => canvas.toBlob((smaller) => resolve(smaller ?? file), 'image/jpeg', 0.9))
}
