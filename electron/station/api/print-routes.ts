import { routes } from '../../../shared/api/routes.ts'
import type { CardPaper, CardToReprint } from '../../../shared/models/printing.ts'
import { printerOf, shiftOf } from '../../../shared/models/printing.ts'
import { fail, type Outcome, ok } from '../../../shared/problems/problem.ts'
import { provenAddressesOf } from '../documents/card-qr.ts'
import type { Prepared } from '../documents/prints.ts'
import { type Answer, refuse } from './answer-route.ts'
import type { ApiRooms } from './api-rooms.ts'
import { filmUrlOf, gatewayQrOf } from './exam-page.ts'
import { preparedPaper } from './prepared-paper.ts'

/** Papers on their way to a printer, and what was printed. */
export function answerPrints(answer: Answer, rooms: ApiRooms): void {
  const { addressAnswers, documents, exams, prints, readDossier, reports, settings } = rooms
  const codesOf = (examId: string) => ({ qrPng: gatewayQrOf(rooms, examId), filmUrl: filmUrlOf(rooms, examId) })

  /** Reading a QR takes a while and the list is asked for often: what was found is kept with what it was found in. */
  const proven = new Map<string, { readonly source: string; readonly addresses: readonly string[] }>()
  function addressesOf(examId: string): readonly string[] {
    const codes = codesOf(examId)
    const source = `${codes.filmUrl ?? ''} ${codes.qrPng ?? ''}`
    const known = proven.get(examId)
    if (known?.source === source) return known.addresses
    if (proven.size > 500) proven.clear()
    const found = { source, addresses: provenAddressesOf(codes) }
    proven.set(examId, found)
    return found.addresses
  }

  /** By what is known: the list never waits for the net. */
  function stateOf(examId: string): CardToReprint['state'] {
    const addresses = addressesOf(examId)
    if (addresses.length === 0) return 'waiting'
    return addresses.some((address) => addressAnswers.lastKnown(address) !== 'dead') ? 'ready' : 'dead'
  }

  async function made(kind: Prepared['kind'], examIds: readonly string[], wishes: CardWishes) {
    const shift = shiftOf(printerOf(settings.read().printing, kind))
    const paper = wishes.paper ?? settings.read().paper.card
    if (kind === 'calibration') {
      const outcome = await documents.calibrationPage({ paper, shift })
      return { outcome, entries: [] }
    }
    const dossiers = examIds.flatMap((id) => readDossier(id) ?? [])
    const [first] = dossiers
    if (!first || dossiers.length < examIds.length) return undefined
    if (kind === 'report' || kind === 'preview') {
      const shown = kind === 'report' ? first : { ...first, report: reports.newest(first.exam.id) }
      const outcome = await documents.reportPdf(shown, { shift, qrMustAnswer: true })
      return { outcome, entries: [{ examId: first.exam.id, withQr: null }] }
    }
    const cards = dossiers.map((dossier) => ({ dossier, ...codesOf(dossier.exam.id) }))
    const outcome = await documents.checkCards(cards, { paper, startAt: wishes.startAt, shift })
    const withQr = outcome.kind === 'printed' ? outcome.withQr : []
    return {
      outcome,
      entries: dossiers.map((dossier, index) => ({ examId: dossier.exam.id, withQr: withQr[index] ?? false })),
    }
  }

  answer(routes.printPrepare, async ({ body, user }) => {
    const { kind, examIds } = body
    // What nobody released is for those who write and audit it.
    const refused =
      kind === 'preview' ? refuse({ ...routes.printPrepare, access: ['doctor', 'auditor'] }, user) : undefined
    if (refused) return { ok: false, problem: refused }
    if (kind !== 'calibration' && examIds.length === 0) return fail('BAD-REQUEST', { detail: 'examIds' })
    // Its card would send somebody to the device, and its QR leads to what the clouds no longer get.
    if (kind === 'card' && examIds.some((id) => exams.read(id)?.exam.cancelled)) return fail('EXAM-CANCELLED')
    const paper = await made(kind, examIds, body)
    if (!paper) return fail('NOT-FOUND', { what: '检查' })
    return preparedPaper(prints, paper.outcome, { kind, entries: paper.entries })
  })

  answer(routes.printDone, ({ body, user }): Outcome<{ done: true }> => {
    const { kind, ticket, examId, ...handed } = body
    const by = user.username
    if (ticket !== undefined) {
      const counted = prints.done(ticket, by, handed)
      return counted.ok ? ok({ done: true as const }) : counted
    }
    if (kind === 'day-sheet') prints.sheetDone(kind, by, handed)
    else if (kind !== 'outside-paper') return fail('BAD-REQUEST', { detail: 'ticket' })
    else if (!examId || !exams.read(examId)) return fail('NOT-FOUND', { what: '检查' })
    else prints.count({ kind, entries: [{ examId, withQr: null }] }, by, handed)
    return ok({ done: true as const })
  })

  answer(routes.printHistory, ({ params }) =>
    exams.read(params.id!) ? ok(prints.ofExam(params.id!)) : fail('NOT-FOUND', { what: '检查' }),
  )

  answer(routes.reprintList, () => {
    const givesQr = rooms.destinations.all().some(({ kind, enabled }) => enabled && kind !== 'pacs')
    return ok(
      prints.reprints().flatMap(({ examId, printedAt }): CardToReprint[] => {
        const found = exams.read(examId)
        if (!found || found.exam.cancelled) return []
        const state = stateOf(examId)
        // Where no cloud gives addresses no card waits for one.
        if (state === 'waiting' && !givesQr) return []
        const { accessionNumber, itemName } = found.exam
        return [{ examId, accessionNumber, itemName, patientName: found.patient.name, printedAt, state }]
      }),
    )
  })

  answer(routes.reprintDrop, ({ params, user }) => {
    const dropped = prints.dropReprint(params.id!, user.username)
    return dropped.ok ? ok({ done: true as const }) : dropped
  })
}

type CardWishes = { readonly paper?: CardPaper | undefined; readonly startAt: number }
