import { type BothWords, inBoth } from '../../../shared/problems/both-words.ts'

/** Why a picture cannot be shown, in English as the readers and decoders say it, and in Chinese for staff. */
const inChinese: readonly (readonly [RegExp, string])[] = [
  [/^there is no such instance$/, '没有这幅图像'],
  [/^there is no frame (\d+)$/, '没有第 $1 帧'],
  [/^the object holds no image$/, '这个对象里没有图像'],
  [/^the file cannot be read: (.*)$/, '文件读不出来（$1）'],
  [/^the file is malformed$/, '文件内容写坏了'],
  [/^the pixel data (?:is|are) cut short$/, '像素数据不完整'],
  [/^it is cut short$/, '数据不完整'],
  [/^the decoded frame is shorter than the image$/, '解码得到的像素比图像少'],
  [/^the colour palette cannot be read$/, '调色板读不出来'],
  [/^transfer syntax (\S+) cannot be decoded here$/, '本站不能解码传输语法 $1'],
  [/^compressed pixels of one bit are not shown$/, '不支持 1 位的压缩像素'],
  [/^an image of (\d+) × (\d+), (\d+) bits is not shown$/, '不支持 $1 × $2、$3 位的图像'],
  [/^(\d+) × (\d+) is too large for a JPEG$/, '$1 × $2 超出 JPEG 的上限'],
  [/^(\d+) × (\d+) pixels are not taken$/, '不接收 $1 × $2 像素的图片'],
  [/^the picture stays too large$/, '图片缩小后仍然太大'],
  [/^it is no JPEG$/, '不是 JPEG 图片'],
  [/^this kind of JPEG is not taken$/, '不接收这一种 JPEG'],
  [/^nobody waits for this frame any more$/, '已经不再需要这一帧'],
  [/^the decoder failed: (.*)$/, '解码程序出错（$1）'],
  [/^the decoder ended$/, '解码程序中断'],
  [/^the decoder gave nothing$/, '解码程序没有给出图像'],
  [/^it took too long$/, '解码用时过长'],
]

/** The reason in both languages. What a decoder's own library says stays in brackets behind what it means to staff. */
export function unreadableWords(reason: string): BothWords {
  for (const [pattern, words] of inChinese)
    if (pattern.test(reason)) return inBoth(reason.replace(pattern, words), reason)
  return inBoth(`解码失败（${reason}）`, `decoding failed (${reason})`)
}
