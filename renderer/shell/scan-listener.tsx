import { App } from 'antd'
import { useEffect, useRef } from 'react'
import { useNavigate } from 'react-router'
import { routes } from '../../shared/api/routes.ts'
import { callStation } from '../api/call-station.ts'
import { useFailureNotice } from '../api/use-failure-notice.ts'
import { mayCall, useUser } from '../api/use-session.ts'
import { readIdentityCard } from '../clinic/read-identity-card.ts'
import { leaveForNextPage, mayLeaveForScan, offerScan } from '../components/scan-handlers.ts'
import { type Scan, watchScans } from '../components/watch-scans.ts'
import { useText } from '../text/use-text.tsx'
import { useLocked } from './lock-store.ts'

/** Numbers as this station and papers write them; everything else that is typed so fast is no number of an exam. */
const numberLike = /^[\x21-\x7e]{4,64}$/

/** What a reader or scanner types anywhere in the desk: the page's own, an identity card to register, or the number of an exam to open. A locked desk takes nothing. */
export function ScanListener() {
  const { register } = useText()
  const { message } = App.useApp()
  const navigate = useNavigate()
  const notice = useFailureNotice()
  const user = useUser()
  const isLocked = useLocked()

  const find = async (scan: Scan): Promise<boolean> => {
    const code = scan.text.trim()
    const take = await offerScan(code)
    if (take) {
      scan.takeBack()
      take()
      return true
    }
    if (readIdentityCard(code) && mayCall(user, routes.visitRegister)) {
      scan.takeBack()
      if (!(await mayLeaveForScan())) return true
      leaveForNextPage(code)
      navigate('/register')
      return true
    }
    if (!numberLike.test(code)) return false
    const [newest] = await callStation(routes.examFind, { query: { code } })
    if (!newest) {
      if (!scan.wasTyped) message.warning(register.scanUnknown(code))
      return false
    }
    scan.takeBack()
    if (await mayLeaveForScan()) navigate(`/exams/${newest.exam.id}`)
    return true
  }
  const newestFind = useRef(find)
  useEffect(() => {
    newestFind.current = find
  })
  const newestNotice = useRef(notice)
  useEffect(() => {
    newestNotice.current = notice
  })
  useEffect(() => {
    if (isLocked) return
    return watchScans(async (scan) => {
      try {
        return await newestFind.current(scan)
      } catch (error) {
        newestNotice.current(error)
        return false
      }
    })
  }, [isLocked])
  return null
}
