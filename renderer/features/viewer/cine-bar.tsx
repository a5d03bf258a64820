import { CaretRightOutlined, CloseOutlined, PauseOutlined, RetweetOutlined, SwapOutlined } from '@ant-design/icons'
import { Button, InputNumber, Slider, Tooltip } from 'antd'
import { useText } from '../../text/use-text.tsx'
import { cineRates } from './cine-plan.ts'
import type { Cine } from './use-cine.ts'

type Props = {
  readonly cine: Cine
  readonly index: number
  readonly count: number
  readonly onIndex: (index: number) => void
}

/** Play, how fast, and where the film stands. */
export function CineBar({ cine, index, count, onIndex }: Props) {
  const { common, viewer: text } = useText()
  const modeWords = cine.mode === 'loop' ? text.loop : text.pingPong
  return (
    <div className="cine-bar" data-cine-shown={cine.counted.shown} data-cine-dropped={cine.counted.dropped}>
      <Button
        size="small"
        aria-label={cine.isPlaying ? text.pause : text.play}
        icon={cine.isPlaying ? <PauseOutlined /> : <CaretRightOutlined />}
        onClick={cine.toggle}
      />
      <Slider
        className="cine-place"
        min={1}
        max={count}
        value={index + 1}
        tooltip={{ open: false }}
        ariaLabelForHandle={text.cinePlace}
        onChange={(place) => {
          cine.pause()
          onIndex(place - 1)
        }}
      />
      <InputNumber
        size="small"
        className="cine-rate"
        aria-label={text.cineRate}
        min={cineRates.least}
        max={cineRates.most}
        value={cine.rate}
        suffix={text.perSecond}
        onChange={(rate) => rate && cine.setRate(rate)}
      />
      <Tooltip title={modeWords}>
        <Button
          size="small"
          aria-label={modeWords}
          icon={cine.mode === 'loop' ? <RetweetOutlined /> : <SwapOutlined />}
          onClick={() => cine.setMode(cine.mode === 'loop' ? 'ping-pong' : 'loop')}
        />
      </Tooltip>
      <Button size="small" aria-label={common.close} icon={<CloseOutlined />} onClick={cine.close} />
    </div>
  )
}
