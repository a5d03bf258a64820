/**
 * Opens the browser's print dialog on a PDF, in a frame of its own that nobody sees; where the browser does not allow that, the PDF
 * opens in a tab. Answers once the dialog was opened: whether paper came only the person knows.
 */
export function printInBrowser(pdf: Blob): Promise<void> {
  const address = URL.createObjectURL(pdf)
  const frame = document.createElement('iframe')
  frame.title = 'print'
  frame.tabIndex = -1
  frame.setAttribute('aria-hidden', 'true')
  // Chrome draws no PDF that is not displayed, so it stands outside the window.
  frame.style.cssText = 'position:fixed;left:-10000px;top:0;width:800px;height:600px;border:0'
  return new Promise((resolve) => {
    frame.addEventListener('load', () => {
      try {
        frame.contentWindow?.focus()
        frame.contentWindow?.print()
      } catch {
        window.open(address, '_blank')
      }
      resolve()
    })
    for (const old of document.querySelectorAll('iframe[data-print]')) old.remove()
    frame.dataset.print = ''
    frame.src = address
    document.body.append(frame)
    setTimeout(() => URL.revokeObjectURL(address), 600_000)
  })
}
