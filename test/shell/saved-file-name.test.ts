import { expect, test } from 'vitest'
import { saveDialogFor } from '../../electron/main/saved-file-name.ts'

test('a file that the desk gives away keeps its ending, and everything else is offered too', () => {
  expect(saveDialogFor('影站统计_2026-11-01.XLSX').filters).toEqual([
    { name: 'Excel 表格（*.xlsx）', extensions: ['xlsx'] },
    { name: '所有文件', extensions: ['*'] },
  ])
})

test('an ending that nobody knows is no kind of its own', () => {
  expect(saveDialogFor('README').filters).toEqual([{ name: '所有文件', extensions: ['*'] }])
})
