import { Typography } from 'antd'
import { type ReactNode, useEffect } from 'react'
import { useText } from '../text/use-text.tsx'

type Props = { readonly title: string; readonly hint?: string; readonly extra?: ReactNode }

/** The one heading of a page, also the window's title. */
export function PageHeading({ title, hint, extra }: Props) {
  const { common } = useText()
  useEffect(() => {
    document.title = `${title} · ${common.productName}`
  }, [title, common.productName])
  return (
    <header className="page-heading">
      <div>
        <Typography.Title level={1}>{title}</Typography.Title>
        {hint ? <Typography.Text type="secondary">{hint}</Typography.Text> : null}
      </div>
      {extra ? <div className="page-heading-extra">{extra}</div> : null}
    </header>
  )
}
