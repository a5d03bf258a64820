import type { Knock as KnockView } from '../../../shared/api/views.ts'
import { guessModality, sopClassNames } from '../../../shared/dicom/sop-class-names.ts'
import type { Events } from '../events.ts'
import type { Knock } from './receiver.ts'

export type Knocks = ReturnType<typeof createKnocks>

const kept = 50
/** One address that tries name after name must not push out the others. */
const keptOfAddress = 10
const proposalsTold = 20
const proposalsKept = 128

type Kept = { readonly view: KnockView; readonly proposed: readonly string[] }

const reasonWords: Readonly<Record<Knock['reason'], string>> = {
  'unknown-calling-ae': '这个 AE 名没有登记为设备',
  'wrong-address': '这个 AE 名登记的是另一个 IP 地址',
  'wrong-called-ae': '设备上填写的本机 AE 名不对',
}

/** The name alone is what staff can mend: in the settings of the device, or in the router. */
const wordsOf = ({ reason, unknownHost }: Knock): string =>
  unknownHost === undefined
    ? reasonWords[reason]
    : `这个 AE 名登记的主机名“${unknownHost}”查不到 IP 地址，无法核对；请在设备设置里改填 IP 地址，或检查路由器和 DNS`

/** Who tried to connect and was refused, newest first: staff let a new device in from here. Kept in memory, it knocks again. */
export function createKnocks(events: Events) {
  const knocks = new Map<string, Kept>()
  return {
    add(knock: Knock): void {
      const key = [knock.callingAeTitle, knock.calledAeTitle, knock.host, knock.reason].join('\n')
      const before = knocks.get(key)
      // A test of the connection alone must not hide what it proposed when it sent.
      const proposed = [...new Set([...knock.proposes, ...(before?.proposed ?? [])])].slice(0, proposalsKept)
      const view = {
        callingAeTitle: knock.callingAeTitle,
        calledAeTitle: knock.calledAeTitle,
        address: knock.host,
        at: knock.at,
        count: (before?.view.count ?? 0) + 1,
        kind: knock.reason,
        reason: wordsOf(knock),
        implementation: knock.implementation,
        proposes: sopClassNames(proposed, proposalsTold),
        modality: guessModality(proposed),
      }
      knocks.delete(key)
      knocks.set(key, { view, proposed })
      const ofAddress = [...knocks].filter(([, { view }]) => view.address === knock.host)
      const [tooMany] = ofAddress.length > keptOfAddress ? ofAddress : knocks.size > kept ? knocks : []
      if (tooMany) knocks.delete(tooMany[0])
      events.tell({ topic: 'knock', id: knock.callingAeTitle })
    },
    list: (): KnockView[] => [...knocks.values()].map(({ view }) => view).reverse(),
  }
}
