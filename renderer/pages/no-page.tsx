import { Result } from 'antd'
import { Link } from 'react-router'
import { useText } from '../text/use-text.tsx'

export function NoPage() {
  const { common } = useText()
  return <Result status="404" title={common.notFound} extra={<Link to="/board">{common.backToBoard}</Link>} />
}
