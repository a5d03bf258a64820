import { App } from 'antd'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { ExamPage } from '../../../shared/api/views.ts'
import { useUser } from '../../api/use-session.ts'
import { FailureAlert } from '../../components/failure-alert.tsx'
import { useText } from '../../text/use-text.tsx'
import type { SeriesOwner } from './corner-words.ts'
import { type ImageSeries, seriesOf } from './image-stack.ts'
import { MarkDialog } from './mark-dialog.tsx'
import { otherObjectsOf } from './other-objects.ts'
import { likestSeries } from './prior-series.ts'
import { SeriesStrip } from './series-strip.tsx'
import { ShortcutDialog } from './shortcut-dialog.tsx'
import { TagDrawer } from './tag-drawer.tsx'
import { useKeyImages } from './use-key-images.ts'
import { useKeymap } from './use-keymap.ts'
import { priorDay, usePriors } from './use-priors.ts'
import { useViewer } from './use-viewer.ts'
import './viewer.css'
import { viewerCommands } from './viewer-commands.ts'
import { ViewerContext } from './viewer-context.ts'
import { onViewerKey } from './viewer-keys.ts'
import { sizeOfLayout } from './viewer-layout.ts'
import { keepLayout, keptLayout } from './viewer-memory.ts'
import { ViewerMenu } from './viewer-menu.tsx'
import { ViewerPane } from './viewer-pane.tsx'
import { ViewerToolbar } from './viewer-toolbar.tsx'

type Props = {
  readonly examId: string
  readonly studies: ExamPage['studies']
  readonly modality: string
  /** Who is seen, as it stands in the upper left corner. */
  readonly patientLines: readonly string[]
  readonly accessionNumber: string
  /** The viewer has the whole page. */
  readonly isWide: boolean
  readonly onWide: (isWide: boolean) => void
}

/** The pictures of an exam, and of an earlier one beside them. Its data attributes say what the active viewport shows. */
export function ImageViewer({ examId, studies, modality, patientLines, accessionNumber, isWide, onWide }: Props) {
  const text = useText().viewer
  const { username } = useUser()
  const ownSeries = useMemo(() => seriesOf(studies, examId), [studies, examId])
  const objects = useMemo(() => otherObjectsOf(studies), [studies])
  const priors = usePriors(examId)
  const allSeries = useMemo<readonly ImageSeries[]>(() => [...ownSeries, ...priors.series], [ownSeries, priors.series])
  const viewer = useViewer({ allSeries, layout: keptLayout(username, modality), isWide, onWide })
  const { grid, change, desk } = viewer
  const keyImages = useKeyImages(examId)
  const keys = useKeymap(username)
  const [isHelpShown, showHelp] = useState(false)
  const [tagsOf, showTagsOf] = useState<string>()
  const { message } = App.useApp()
  const say = (words: string) => void message.info({ key: 'viewer', content: words })
  const whyNoKeyImage = () => {
    if (!keyImages.mayChange) return text.keyImageNotAllowed
    if (viewer.report.state !== 'shown') return text.noWindow
    return viewer.series?.examId === examId ? undefined : text.keyImageOfPrior
  }
  const takeKeyImage = () => {
    const handle = viewer.active()
    const picture = handle?.picture(false)
    const why = whyNoKeyImage()
    if (why) say(why)
    else if (picture && viewer.image) void keyImages.take(picture, viewer.image, handle?.viewport()?.window())
  }
  const commands = viewerCommands(viewer, { takeKeyImage, showHelp: () => showHelp(true), say, text })

  const chooseLayout = (layout: typeof grid.layout) => {
    keepLayout(username, modality, layout)
    change({ kind: 'layout', layout })
  }

  // The earlier exam comes beside the one on the screen as soon as it is there.
  const placed = useRef<string>(undefined)
  useEffect(() => {
    const [first] = priors.series
    if (!first || placed.current === first.examId) return
    placed.current = first.examId
    const earlier = likestSeries(viewer.series, priors.series)
    if (!earlier) return
    if (grid.layout === '1x1') change({ kind: 'layout', layout: '1x2' })
    change({ kind: 'place', pane: 1, content: { series: earlier.seriesInstanceUid, index: 0 } })
    change({ kind: 'activate', pane: 0 })
    viewer.setLinkScroll(true)
  }, [priors.series, grid.layout, change, viewer.series, viewer.setLinkScroll])
  const closePrior = () => {
    placed.current = undefined
    priors.close()
    viewer.setLinkScroll(false)
    change({ kind: 'layout', layout: keptLayout(username, modality) })
  }

  const priorWords = priors.prior ? text.priorLine(priorDay(priors.prior), priors.prior.itemName) : ''
  const ownerOf = (series: ImageSeries | undefined): SeriesOwner => {
    const isPrior = series !== undefined && series.examId !== examId
    return { isPrior, lines: isPrior ? [...patientLines.slice(0, 1), priorWords] : patientLines }
  }
  const emptyWords = (pane: number) => {
    if (allSeries.length > 0 && pane > 0) return [text.emptyPane]
    return objects.length > 0 ? [text.noPictures, text.noPicturesHint] : [text.noImages, text.noImagesHint]
  }
  const { rows, columns } = grid.isMaximised ? { rows: 1, columns: 1 } : sizeOfLayout(grid.layout)
  return (
    <ViewerContext value={desk}>
      <section
        ref={viewer.element}
        className="viewer"
        aria-label={text.region}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys scroll and window the pictures
        tabIndex={0}
        onContextMenu={(event) => {
          // The menu key opens it over the active viewport; the right button is the viewport's own.
          if (event.target !== event.currentTarget) return
          event.preventDefault()
          const box = event.currentTarget.querySelector('.viewer-pane-active')?.getBoundingClientRect()
          if (box) desk.openMenu(grid.active, { x: box.x + box.width / 2, y: box.y + box.height / 2 })
        }}
        onKeyDown={(event) =>
          onViewerKey(event, keys.keymap, commands.run, (combo) => viewer.active()?.steer(combo) ?? false)
        }
      >
        <ViewerToolbar
          viewer={viewer}
          commands={commands}
          keymap={keys.keymap}
          keyImages={keyImages}
          priors={priors}
          onClosePrior={closePrior}
          onLayout={chooseLayout}
          onTags={() => showTagsOf(viewer.image?.instanceId)}
          examId={examId}
          accessionNumber={accessionNumber}
        />
        {priors.error ? <FailureAlert error={priors.error} /> : null}
        <div className="viewer-body">
          {allSeries.length + objects.length > 0 ? (
            <SeriesStrip
              ownSeries={ownSeries}
              priorSeries={priors.series}
              priorWords={priorWords}
              objects={objects}
              examId={examId}
              viewer={viewer}
              keyImages={keyImages}
            />
          ) : null}
          <div
            className="viewer-grid"
            data-maximised={grid.isMaximised}
            style={{
              gridTemplateRows: `repeat(${rows}, minmax(0, 1fr))`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {grid.panes.map((content, pane) => {
              const series = allSeries.find((one) => one.seriesInstanceUid === content?.series)
              return (
                <ViewerPane
                  // biome-ignore lint/suspicious/noArrayIndexKey: a viewport is its place
                  key={pane}
                  pane={pane}
                  series={series}
                  index={content?.index ?? 0}
                  owner={ownerOf(series)}
                  isActive={pane === grid.active}
                  isHidden={grid.isMaximised && pane !== grid.active}
                  tool={viewer.tool}
                  hasOverlay={viewer.hasOverlay}
                  hasGraphics={viewer.hasGraphics}
                  factsOf={viewer.factsOf}
                  document={viewer.marks.document}
                  emptyWords={emptyWords(pane)}
                />
              )
            })}
          </div>
        </div>
        <ViewerMenu
          viewer={viewer}
          commands={commands}
          keymap={keys.keymap}
          onTags={() => showTagsOf(viewer.image?.instanceId)}
        />
      </section>
      <MarkDialog viewer={viewer} />
      <ShortcutDialog
        open={isHelpShown}
        keys={keys}
        modality={viewer.series?.modality ?? modality}
        onClose={() => showHelp(false)}
      />
      <TagDrawer instanceId={tagsOf} onClose={() => showTagsOf(undefined)} />
    </ViewerContext>
  )
}
