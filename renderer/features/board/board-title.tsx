import { Button } from 'antd'
import { memo } from 'react'
import { useNavigate } from 'react-router'
import { PageHeading } from '../../components/page-heading.tsx'
import { useText } from '../../text/use-text.tsx'

export const BoardTitle = memo(function BoardTitle() {
  const { board } = useText()
  const navigate = useNavigate()
  return (
    <PageHeading
      title={board.title}
      extra={
        <Button type="primary" onClick={() => navigate('/register')}>
          {board.register}
        </Button>
      }
    />
  )
})
