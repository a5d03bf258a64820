import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createApiServer } from './api/api-server.ts'
import { createCallbackListener } from './api/callback-listener.ts'
import { createArchive } from './archive/archive.ts'
import { createVersionChoice } from './archive/choose-version.ts'
import { createArchiveQuery } from './archive/query-archive.ts'
import { createStudyParts } from './archive/study-parts.ts'
import { syncFolder } from './archive/sync-folder.ts'
import type { Clock } from './clock.ts'
import { createCloudSide } from './cloud-side.ts'
import { createBackup } from './db/backup.ts'
import { assertRuntime, openDatabase } from './db/open-database.ts'
import { createDicomSide } from './dicom-side.ts'
import { createAddressAnswers } from './documents/address-answers.ts'
import { createDocuments } from './documents/documents.ts'
import { createFindHost } from './documents/find-host.ts'
import { knownClouds } from './documents/known-clouds.ts'
import { createPaperInk } from './documents/paper-ink.ts'
import { createPrints } from './documents/prints.ts'
import { reportInk } from './documents/report-ink.ts'
import { createDossierReader } from './dossier.ts'
import { createEvents } from './events.ts'
import { createBoardDays } from './exams/board-days.ts'
import { createBoardFacts } from './exams/board-facts.ts'
import { createBoardFilters } from './exams/board-filter-sql.ts'
import { createBoardSearch } from './exams/board-search.ts'
import { createExams } from './exams/exams.ts'
import { createPerformedSteps } from './exams/performed-steps.ts'
import { createPersonExams } from './exams/person-exams.ts'
import { createRequestSlips } from './exams/request-slips.ts'
import { createScanFinder } from './exams/scan-sql.ts'
import { createExamStatistics } from './exams/statistics.ts'
import { createTray } from './exams/tray.ts'
import { prepareFirstStart } from './first-start.ts'
import { createImports } from './imports/import-job.ts'
import { lockDataFolder } from './lock-data-folder.ts'
import type { Log } from './log.ts'
import { createAccounts } from './people/accounts.ts'
import { createAuditLog } from './people/audit-log.ts'
import { createSessions } from './people/sessions.ts'
import { createPaperPictures } from './pictures/paper-picture.ts'
import { readPlainPicture } from './pictures/plain-picture.ts'
import { createPixelReader } from './pictures/read-pixels.ts'
import { createFrameRenderer } from './pictures/render-frame.ts'
import { shrinkJpeg } from './pictures/shrink-jpeg.ts'
import { builtInTexts } from './reports/built-in/built-in-texts.ts'
import { createKeyImages } from './reports/key-images.ts'
import { createReports } from './reports/reports.ts'
import { openSecretBox } from './settings/data-key.ts'
import { createDestinations } from './settings/destinations.ts'
import { createItemMappings } from './settings/item-mappings.ts'
import { createSettings } from './settings/settings.ts'
import type { StationConfig } from './station-config.ts'
import { createTrainingClouds } from './training-clouds.ts'
import { prepareTraining, shownTrainingUser } from './training-user.ts'

export type Station = {
  /** Opens the doors, in the order in which data leaves: first what sends, then what receives, then the face. */
  readonly start: () => Promise<{
    readonly url: string
    readonly dicom: { readonly host: string; readonly port: number }
  }>
  /** Closes them in reverse, within 5 seconds. */
  readonly stop: () => Promise<void>
}

const settleEveryMilliseconds = 1000

/**
 * The whole station. Data walks receiver → archive → exams → reports → documents → outbox → uploads → cloud; the rooms are
 * built from the cloud back to the receiver, each given the ones after it.
 */
export async function createStation(config: StationConfig, clock: Clock, log: Log): Promise<Station> {
  mkdirSync(config.dataFolder, { recursive: true, mode: 0o700 })
  assertRuntime()
  const lock = await lockDataFolder(config.dataFolder)
  const db = await openDatabase(join(config.dataFolder, 'station.db'))
  const box = openSecretBox(db, config.dataFolder, config.dataKey)
  const events = createEvents()

  // Beside the way: who may do what, and what is set.
  const audit = createAuditLog(db, clock)
  const accounts = createAccounts(db, clock, audit)
  const sessions = createSessions(db, clock, audit)
  const settings = createSettings(db, audit, events)
  const backup = createBackup({
    db,
    dataFolder: config.dataFolder,
    settings: () => settings.read().backup,
    dataKey: box.keyForBackup,
    record: (actor, details) =>
      audit.record({ actor, action: 'make-backup', subjectKind: 'station', subjectId: 'backup', details }),
    clock,
    events,
    log,
  })
  const itemMappings = createItemMappings(db, audit, events, settings.institutions, (institutionId, itemCode) => {
    for (const id of exams.ofItem(institutionId, itemCode)) outbox.followUp(id)
  })
  const destinations = createDestinations(db, box, clock, audit, events)
  const isTraining = () => config.training || settings.read().mode === 'training'

  // The way, from its end. The dossier is the one reach back: what is sent is read by id from the rooms before.
  const readDossier = createDossierReader(() => ({
    settings,
    itemMappings,
    archive,
    exams,
    tray,
    reports,
    outbox,
    retractions,
    prints,
    accounts,
  }))
  const prints = createPrints({ db, clock, audit, events })
  const ink = createPaperInk({ db, box, clock, audit, events, settings: settings.read })
  const addressAnswers = createAddressAnswers({
    ...knownClouds(destinations.all),
    findHost: createFindHost(clock),
    clock,
    log,
    onNews: () => events.tell({ topic: 'exams' }),
  })
  const documents = createDocuments({
    answers: addressAnswers.answers,
    lookOf: ink.lookOf,
    inkOf: (_dossier, report) => reportInk(report, ink, accounts.byUsername),
    picturesOf: (examId, version) => keyImages.picturesOf(examId, version),
    shrink: (picture, bytes) => shrinkJpeg(pixels, picture, bytes),
  })
  const clouds = createCloudSide({
    config,
    db,
    box,
    clock,
    log,
    events,
    audit,
    settings,
    destinations,
    documents,
    readDossier,
    dataSetOf: (id) => archive.dataSetOf(id),
    versionsOf: (sopInstanceUid) => archive.versionsOf(sopInstanceUid),
    withdrawn: (id, actor) => tray.corrections.deletionWithdrawn(id, actor),
  })
  const { outbox, retractions, cloudStatuses } = clouds
  const followUp = outbox.followUp
  const reports = createReports({
    db,
    clock,
    audit,
    events,
    settings,
    followUp: (examId) => {
      keyImages.keepReleased(examId)
      followUp(examId)
    },
    nameOf: (username) => accounts.byUsername(username)?.displayName ?? username,
  })
  const exams = createExams({ db, box, clock, audit, events, settings, followUp, reportState: reports.stateWords })
  const slipFolder = join(config.dataFolder, 'slips')
  const requestSlips = createRequestSlips({ db, folder: slipFolder, clock, audit, events, syncFolder })
  const boardFacts = createBoardFacts(db, log)
  const boardSearch = createBoardSearch(db)
  const performedSteps = createPerformedSteps({ db, clock, audit, events })
  const tray = createTray({
    db,
    clock,
    audit,
    events,
    settings,
    exams,
    followUp,
    studyHeader: (uid) => archive.studyHeader(uid),
    sentTo: (examId, uid) =>
      outbox.sentTo(
        examId,
        archive.instancesOfStudy(uid).map((instance) => instance.id),
      ),
    studyParts: {
      apart: (...images) => studyParts.apart(...images),
      together: (...studies) => studyParts.together(...studies),
    },
    wasTold: outbox.wasTold,
    reportState: reports.stateWords,
    destination: destinations.get,
    proposeDeletion: retractions.proposeCorrection,
  })
  const archive = await createArchive({
    db,
    folder: join(config.dataFolder, 'images'),
    clock,
    audit,
    log,
    events,
    onStored: tray.claim,
    readAsOf: settings.readAsOf,
    onReadAgain: tray.matchAgain,
  })
  const studyParts = createStudyParts({ db, fileOf: archive.fileOf, readAsOf: settings.readAsOf })
  const archiveQuery = createArchiveQuery(db)
  const pixels = createPixelReader(archive)
  const versionChoice = createVersionChoice({
    db,
    folder: join(config.dataFolder, 'images'),
    clock,
    audit,
    events,
    readAsOf: settings.readAsOf,
    otherPerson: tray.otherPersonThan,
    onChosen: tray.changed,
  })
  const imports = await createImports({
    archive,
    audit,
    clock,
    events,
    log,
    spoolFolder: join(config.dataFolder, 'images', 'incoming', 'import'),
    dataFolder: config.dataFolder,
    dossierOf: readDossier,
    attach: (studyUid, examId, actor) => tray.attach(studyUid, examId, false, actor),
    examOfStudy: tray.examOf,
  })
  const renderFrame = createFrameRenderer(pixels)
  const keyImages = createKeyImages({
    db,
    clock,
    audit,
    events,
    reportOf: reports.newest,
    mayWriteNow: reports.locks.mayWrite,
    instancesOf: (examId) =>
      tray.claimsOf(examId).flatMap((claim) => archive.instancesOfStudy(claim.study_instance_uid)),
    draw: createPaperPictures(pixels),
  })
  const { knocks, dicomTls, commitment, receiver } = createDicomSide({
    config,
    db,
    box,
    clock,
    log,
    events,
    audit,
    settings,
    archive,
    archiveQuery,
    worklist: exams.worklist,
    performedSteps,
    isTraining,
  })
  const trainingClouds = createTrainingClouds({
    folder: join(config.dataFolder, 'training'),
    settings,
    destinations,
    isTraining,
    receiver: () => {
      const { listening } = receiver.status()
      if (!listening) return undefined
      const isEverywhere = ['0.0.0.0', '::'].includes(listening.host)
      return { aeTitle: config.aeTitle, host: isEverywhere ? '127.0.0.1' : listening.host, port: listening.port }
    },
    log,
  })
  const callbackListener = createCallbackListener({ cloudStatuses, destinations: destinations.all, events, log })
  const api = await createApiServer({
    trainingClouds,
    config,
    clock,
    log,
    events,
    audit,
    accounts,
    backup,
    sessions,
    settings,
    itemMappings,
    destinations,
    receiver,
    commitment,
    dicomTls,
    knocks,
    archive,
    archiveQuery,
    studyParts,
    versionChoice,
    pixels,
    imports,
    renderFrame,
    exams,
    boardFacts,
    boardSearch,
    boardFilters: createBoardFilters(db),
    boardDays: createBoardDays({ db, destinations: destinations.all, studyHeader: (uid) => archive.studyHeader(uid) }),
    examStatistics: createExamStatistics(db, clock),
    findScanned: createScanFinder(db, box, boardSearch),
    requestSlips,
    performedSteps,
    personExams: createPersonExams(db),
    tray,
    reports,
    keyImages,
    addressAnswers,
    documents,
    prints,
    ink,
    readPlainPicture: (bytes) => readPlainPicture(pixels, bytes),
    outbox,
    retractions,
    uploads: clouds.uploads,
    lookups: clouds.lookups,
    destinationCare: clouds.destinationCare,
    aimisLookups: clouds.aimisLookups,
    reconcile: clouds.reconcile,
    cloudStatuses,
    callbackListener,
    hurryDeliveries: clouds.scheduler.hurry,
    readDossier,
    isTraining,
    trainingUser: () => (config.trainingFor === undefined ? undefined : shownTrainingUser(accounts)),
  })

  let settling: NodeJS.Timeout | undefined
  return {
    async start() {
      await prepareFirstStart(settings, accounts, config.adminPassword)
      if (config.trainingFor !== undefined) await prepareTraining(settings, accounts, config.trainingFor)
      reports.templates.bringIn('texts-1', builtInTexts)
      const found = await archive.sweep()
      const interrupted = outbox.recover()
      log.info(
        { ...found, missingFiles: found.missingFiles.length, interrupted },
        'looked after what the last run left',
      )
      boardFacts.start()
      clouds.scheduler.start()
      clouds.reconcile.start()
      settling = setInterval(tray.settle, settleEveryMilliseconds)
      const dicom = await receiver.start()
      commitment.start()
      const { url } = await api.start()
      await callbackListener.start()
      await trainingClouds.resume()
      backup.start()
      return { url, dicom }
    },
    async stop() {
      await callbackListener.stop()
      await api.stop()
      addressAnswers.stop()
      await trainingClouds.stop()
      await receiver.stop()
      await commitment.stop()
      await imports.stop()
      await pixels.stop()
      clearInterval(settling)
      await backup.stop()
      await clouds.stop()
      await boardFacts.stop()
      await archive.headers.stop()
      db.close()
      lock.release()
    },
  }
}
