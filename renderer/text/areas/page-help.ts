import { both } from '../both.ts'

type Page = {
  readonly title: string
  /** What it is for. */
  readonly purpose: string
  readonly keys: readonly (readonly [key: string, words: string])[]
  /** What to do when something is red, or does not go on. */
  readonly red: readonly string[]
}

const chinese = {
  title: '帮助',
  open: '帮助（F1）',
  keys: '按键',
  red: '变红了、走不下去时怎么办',
  everywhere: '在哪里都能用',
  everywhereKeys: [
    ['F1', '打开或关闭这份帮助'],
    ['Tab / Shift+Tab', '到下一处 / 上一处'],
    ['Esc', '关闭打开的窗口'],
    ['扫码、刷身份证', '光标在哪里都行：检查号打开检查，身份证打开登记'],
  ] as readonly (readonly [string, string])[],
  support: '联系支持时，请把红色提示里的错误号复制过去，并说清在做什么。',
  pages: {
    board: {
      title: '今日检查',
      purpose: '一行一个检查，五盏灯依次是登记、影像、报告和各个云。点一行打开检查，点灯看原因。',
      keys: [
        ['/ 或 F3', '到搜索框：姓名、拼音首字母、检查号、电话尾号都行'],
        ['↓ ↑ PageDown PageUp Home End', '在列表里移动'],
        ['回车', '打开这个检查'],
        ['Esc', '清空搜索框'],
      ],
      red: [
        '点红灯：写着原因、怎么办、找谁和错误号，能重试的当场重试。',
        '时限变红：省平台要求发布后一小时内上传，先处理它。',
        '列表里没有这个人：看看日期和筛选，点“清除筛选”。',
      ],
    },
    register: {
      title: '登记',
      purpose: '给患者登记检查，打印检查卡。读身份证最快：姓名、性别、出生日期自动填好。',
      keys: [
        ['回车', '到下一项'],
        ['1–9', '选常用检查项目'],
        ['Ctrl+回车', '登记'],
      ],
      red: [
        '标红的一栏下面写着哪里不对，改好再登记。',
        '证件号码校验不对：多半抄错一位，请对着证件再看一遍。',
        '提示今天已登记过：核对是不是重复，确实再做一次就选“仍然登记”。',
      ],
    },
    exam: {
      title: '检查',
      purpose: '看图、写报告、审核、发布、打印，都在这一页。左边影像，右边报告，中间的边可以拖。',
      keys: [
        ['?', '在影像上按：看图的全部按键，可以改'],
        ['Alt+K', '写报告的全部按键'],
        ['Ctrl+S', '保存报告'],
        ['Ctrl+回车', '提交；单人诊所为发布'],
        ['K', '把看到的画面放进报告'],
      ],
      red: [
        '红色的检查提醒要先改好才能提交，点它就跳到那几个字；性别与部位不符而确实如此时，可以写明原因继续。',
        '别人正在写：等他离开，或确实需要时“接过来写”。',
        '没有影像：设备可能还没发，或在“未匹配”里，可以归到这里。',
        '上传被拦下：到“上传前检查”，缺什么、在哪里改都写着。',
      ],
    },
    tray: {
      title: '未匹配',
      purpose: '设备发来、但说不准属于哪个检查的影像。核对后归入；是外来的片子也可以登记一个新检查。',
      keys: [['Tab、回车', '选候选的检查并归入']],
      red: [
        '标红的是与登记不同的地方（性别、出生日期）：先确认是不是同一个人。',
        '归错了：打开那个检查，从影像里移出来，能撤销。',
      ],
    },
    imports: {
      title: '导入',
      purpose: '把光盘、U 盘、文件夹或压缩包里的影像收进来；照片、PDF、视频请在检查里添加。',
      keys: [['拖放', '把文件或文件夹拖到页面上']],
      red: [
        '没收下的文件各写着原因：DICOMDIR 和看图程序不收是正常的。',
        '介质读不出来：擦一擦光盘重试，或向来源医院再要一份。',
      ],
    },
    deliveries: {
      title: '上传',
      purpose: '每个检查传到每个云的任务：在等、在传、已到、被拦下。断网不要紧，通了自动补传。',
      keys: [['Tab、回车', '逐条查看、重试']],
      red: [
        '被拦下的写着原因和办法；改好以后会自动再传，也可以点“重试”。',
        '整个目的地暂停：多半是密钥、网址或证书不对，请管理员到“设置”里改好并试连。',
        '“未确认”：答复丢了，影站会先核实再决定要不要重传，不用管它。',
      ],
    },
    day: {
      title: '收工',
      purpose: '今天还有谁没检查、没写、没审、没上传、没对账，一个个写明原因；可以打印日报表。',
      keys: [['Tab、回车', '打开那个检查']],
      red: ['红色的数字是今天必须处理的；点开就到对应的检查。'],
    },
    statistics: {
      title: '统计',
      purpose: '按日、医生、项目、设备类型统计检查量、阳性率和报告时间，可导出 Excel。',
      keys: [['Tab、回车', '选日期、导出']],
      red: ['数字与印象不同：先看起止日期；已取消的检查不计。'],
    },
    reprints: {
      title: '待补打',
      purpose: '登记时云上的二维码还没有，卡上印的是“报告发布后扫码”；二维码有了就在这里补打。',
      keys: [['Tab、回车', '补打或划掉']],
      red: ['一直没有二维码：看这个检查的上传是不是被拦下了。', '打印机没反应：看纸和连线，或到“设置 · 打印”换一台。'],
    },
    people: {
      title: '用户',
      purpose: '谁能登录、能做什么。报告和审核签本人的姓名，请一人一个账号。',
      keys: [['Tab、回车', '新建、修改、停用']],
      red: ['连续输错 5 次密码会锁 15 分钟：等一会，或在这里重设密码。', '最后一位管理员不能停用，请先指定另一位。'],
    },
    training: {
      title: '训练',
      purpose: '用假患者、模拟设备和模拟云练习，橙色边框内的一切都不会发给真正的平台。',
      keys: [['Tab、回车', '一键准备、模拟检查、让模拟云出错']],
      red: ['变红多半是您让模拟云出的错：照灯里写的办法处理一遍，就是练习。'],
    },
    welcome: {
      title: '开始使用影站',
      purpose: '第一次使用的几步：机构、设备、云、备份。每一步都可以跳过，以后在“设置”里再填。',
      keys: [['Tab、回车', '填写、下一步']],
      red: ['某一步保存不了：看标红的一栏；不清楚的先跳过。'],
    },
    general: {
      title: '设置 · 基本',
      purpose: '编号格式、单人诊所、自动锁定等整个影站的设置；每一项下面写着它的用处。',
      keys: [['回车', '保存']],
      red: ['标红的一栏写着哪里不对；没有保存成功时原来的设置继续有效。'],
    },
    reporting: {
      title: '设置 · 报告',
      purpose: '报告里两栏叫什么、哪些词不许出现、多久自动保存。',
      keys: [['回车', '添加一个禁用词，或保存']],
      red: ['报告提交不了而提示禁用词：这个词在这里删掉才能用。'],
    },
    printing: {
      title: '设置 · 打印',
      purpose: '检查卡、报告、日报表各用哪台打印机和什么纸；抬头、标志和本人的签名。',
      keys: [['回车', '保存']],
      red: ['印偏：打印校准页，按尺子填左右、上下微调。', '不出纸：看打印机是否联机；选的打印机没了就换一台。'],
    },
    institutions: {
      title: '设置 · 机构',
      purpose: '本机构的名称、电话和各平台给的代码；印在报告上，也随检查上传。',
      keys: [['Tab、回车', '新建、修改']],
      red: ['上传因机构代码被拦下：在这里填好，会自动再传。'],
    },
    devices: {
      title: '设置 · 设备',
      purpose: '哪些设备可以连进来。在设备上填这里显示的 AE 名、IP 和端口，工作列表和存储都填。',
      keys: [['Tab、回车', '添加、修改、试连']],
      red: [
        '设备发不进来：看“被拒绝的设备”里有没有它，核对后点“允许”。',
        '设备上姓名是乱码：把“工作列表文字”改成拼音；影站里是乱码就采用“字符集医生”的建议。',
        '试连不通：查网线、IP、端口和防火墙。',
      ],
    },
    aimis: {
      title: '设置 · 腾讯影像云',
      purpose: '前置机的网址、AppId、Token 和 DICOM 网关；填好先试连。',
      keys: [['回车', '保存']],
      red: ['试连逐项写着通不通：签名不对查 Token 和编码，连不上查网址和证书。', '已暂停：改好保存后自动继续。'],
    },
    jilin: {
      title: '设置 · 省影像云',
      purpose: '平台的网址、用户标识、密钥和 SM2 公钥；发布后等几分钟再传，给人反悔的时间。',
      keys: [['回车', '保存']],
      red: [
        '令牌拿不到：查 uid 和 appSecret；当天次数用完要等第二天。',
        '平台说解密失败：换 SM2 的顺序、编码或前缀再验证。',
      ],
    },
    pacs: {
      title: '设置 · PACS',
      purpose: '把影像和报告也送到医院的 PACS，用 DICOM 或 DICOMweb。',
      keys: [['回车', '保存']],
      red: ['对方拒绝：请对方工程师把我方 AE 名和 IP 加进去，再试连。'],
    },
    items: {
      title: '设置 · 项目对照',
      purpose: '本院的检查项目对应省里统一的编码；可以用表格成批导入。',
      keys: [['Tab、回车', '新建、修改']],
      red: ['上传因项目没有对照被拦下：在这里补上，会自动再传。', '表格导入失败：写着第几行哪一栏，整份改好再导。'],
    },
    backup: {
      title: '设置 · 备份',
      purpose: '把全部数据定时备份到另一块盘，并读回核对。',
      keys: [['回车', '保存']],
      red: ['备份失败：多半是盘没插好或满了，换好后点“现在备份”。', '没有备份位置：电脑坏了数据就没了，请尽快设一个。'],
    },
    audit: {
      title: '设置 · 审计日志',
      purpose: '谁在什么时候做了什么；可以按人、动作、日期查，导出给检查人员。',
      keys: [['Tab、回车', '查找、导出、校验']],
      red: ['校验说被动过：不要再改动电脑，联系支持，并保留备份。'],
    },
  } satisfies Record<string, Page> as Record<PageName, Page>,
}

export type PageName =
  | 'board'
  | 'register'
  | 'exam'
  | 'tray'
  | 'imports'
  | 'deliveries'
  | 'day'
  | 'statistics'
  | 'reprints'
  | 'people'
  | 'training'
  | 'welcome'
  | SettingsTab
type SettingsTab =
  | 'general'
  | 'reporting'
  | 'printing'
  | 'institutions'
  | 'devices'
  | 'aimis'
  | 'jilin'
  | 'pacs'
  | 'items'
  | 'backup'
  | 'audit'

export const pageHelpText = both(chinese, {
  title: 'Help',
  open: 'Help (F1)',
  keys: 'Keys',
  red: 'When something is red or does not go on',
  everywhere: 'Everywhere',
  everywhereKeys: [
    ['F1', 'Opens and closes this help'],
    ['Tab / Shift+Tab', 'To the next or previous place'],
    ['Esc', 'Closes what is open'],
    ['Scanner, ID card', 'Wherever the caret is: a number opens its exam, a card the registration'],
  ],
  support: 'When you call for help, copy the error number from the red notice and say what you were doing.',
  pages: {
    board: {
      title: 'Exams today',
      purpose:
        'One row an exam; its lamps are registration, images, report and each cloud. Click a row to open it, a lamp for its cause.',
      keys: [
        ['/ or F3', 'To the search: name, pinyin initials, number, end of the phone number'],
        ['↓ ↑ PageDown PageUp Home End', 'Move in the list'],
        ['Enter', 'Opens the exam'],
        ['Esc', 'Empties the search'],
      ],
      red: [
        'Click the red lamp: cause, what to do, whom to call, error number; retry there where it helps.',
        'A red clock: the province wants it within an hour of release. Do it first.',
        'Somebody is missing: look at the days and filters, choose “Clear filter”.',
      ],
    },
    register: {
      title: 'Register',
      purpose:
        'Registers exams and prints the card. Reading the ID card is quickest: it fills name, sex and birth date.',
      keys: [
        ['Enter', 'To the next field'],
        ['1–9', 'Chooses a usual item'],
        ['Ctrl+Enter', 'Registers'],
      ],
      red: [
        'The words under a red field say what is wrong.',
        'A document number that fails its check: usually one digit is wrong.',
        'Registered today already: look whether it is a double, or register all the same.',
      ],
    },
    exam: {
      title: 'Exam',
      purpose: 'Images, report, audit, release and printing on one page; the border between them moves.',
      keys: [
        ['?', 'Over the images: all keys of the viewer, which can be changed'],
        ['Alt+K', 'All keys of the report'],
        ['Ctrl+S', 'Saves the report'],
        ['Ctrl+Enter', 'Submits; with one doctor: releases'],
        ['K', 'Puts what you see into the report'],
      ],
      red: [
        'Red remarks must be mended before submitting; click one to get there. Where sex and organ really are so, give a reason and go on.',
        'Somebody else is writing: wait, or take over where you must.',
        'No images: the device has not sent them, or they are unmatched and can be attached.',
        'An upload is blocked: the check before uploading says what is missing and where.',
      ],
    },
    tray: {
      title: 'Unmatched',
      purpose: 'Images that came and may belong to several exams or none. Look and attach, or register a new exam.',
      keys: [['Tab, Enter', 'Choose a candidate and attach']],
      red: [
        'Red is what contradicts the registration: be sure that it is the same person.',
        'Attached wrongly: open the exam and take the images out again.',
      ],
    },
    imports: {
      title: 'Import',
      purpose: 'Takes images from discs, sticks, folders and ZIPs. Photos, PDFs and films are added within an exam.',
      keys: [['Drag', 'Drop files or folders on the page']],
      red: [
        'Each file that was not taken says why; DICOMDIR and viewers are left out on purpose.',
        'A medium that cannot be read: clean the disc, or ask for another.',
      ],
    },
    deliveries: {
      title: 'Uploads',
      purpose:
        'What goes where: waiting, sending, delivered, blocked. After a break of the network everything follows.',
      keys: [['Tab, Enter', 'Look and retry']],
      red: [
        'What is blocked says why; mended, it goes by itself, or retry.',
        'A whole destination is paused: usually key, address or certificate. An administrator mends and tests it.',
        '“Not confirmed”: the answer was lost; the station asks before it sends again.',
      ],
    },
    day: {
      title: 'End of day',
      purpose: 'Who is not examined, written, audited, delivered, reconciled, and why; prints the day sheet.',
      keys: [['Tab, Enter', 'Opens the exam']],
      red: ['Red numbers are for today; each leads to its exam.'],
    },
    statistics: {
      title: 'Statistics',
      purpose: 'Exams, positive rate and times by day, doctor, item and modality; as Excel too.',
      keys: [['Tab, Enter', 'Days, export']],
      red: ['Unexpected numbers: look at the days; cancelled exams do not count.'],
    },
    reprints: {
      title: 'Reprints',
      purpose: 'Cards that were printed before the cloud had its QR code; print them again once it is there.',
      keys: [['Tab, Enter', 'Print or strike off']],
      red: [
        'The code never comes: see whether the upload is blocked.',
        'No paper: look at the printer, or choose another.',
      ],
    },
    people: {
      title: 'Users',
      purpose: 'Who may log in and do what. Reports carry the person’s name: one account each.',
      keys: [['Tab, Enter', 'New, change, disable']],
      red: [
        'Five wrong passwords lock for 15 minutes: wait or reset it.',
        'The last administrator cannot be disabled.',
      ],
    },
    training: {
      title: 'Training',
      purpose: 'Sample patients, simulated devices and clouds; nothing within the orange frame goes to a real one.',
      keys: [['Tab, Enter', 'Prepare, examine, let the clouds fail']],
      red: ['Red is usually a fault that you switched on: mending it is the exercise.'],
    },
    welcome: {
      title: 'First steps',
      purpose: 'Institution, devices, clouds, backup. Each step may be left for later.',
      keys: [['Tab, Enter', 'Fill in, next']],
      red: ['A step is not saved: look at the red field, or leave it for later.'],
    },
    general: {
      title: 'Settings · General',
      purpose: 'Numbers, one doctor, locking: what counts for the whole station. Each says what it is for.',
      keys: [['Enter', 'Saves']],
      red: ['A red field says what is wrong; until it is saved the old settings count.'],
    },
    reporting: {
      title: 'Settings · Reports',
      purpose: 'What the two texts are called, which words are forbidden, how soon all is kept.',
      keys: [['Enter', 'Adds a word, or saves']],
      red: ['A report is stopped by a forbidden word: remove it here to allow it.'],
    },
    printing: {
      title: 'Settings · Printing',
      purpose: 'Printers and papers of cards, reports and day sheets; letterhead, logo, your signature.',
      keys: [['Enter', 'Saves']],
      red: [
        'Askew: print the calibration page and fill in the offsets.',
        'No paper: is the printer on? Choose another.',
      ],
    },
    institutions: {
      title: 'Settings · Institutions',
      purpose: 'Name, phone and the platforms’ codes of your institution.',
      keys: [['Tab, Enter', 'New, change']],
      red: ['Uploads blocked by a missing code: fill it in here, they follow.'],
    },
    devices: {
      title: 'Settings · Devices',
      purpose: 'Who may connect. Type AE title, address and port shown here into the device, for worklist and storage.',
      keys: [['Tab, Enter', 'Add, change, test']],
      red: [
        'A device cannot send: look among the refused ones and allow it.',
        'Names are garbled at the device: choose pinyin; garbled here: accept the charset doctor’s proposal.',
        'No answer: cable, address, port, firewall.',
      ],
    },
    aimis: {
      title: 'Settings · Tencent AIMIS',
      purpose: 'Gateway, AppId, token, DICOM gateway; test after saving.',
      keys: [['Enter', 'Saves']],
      red: [
        'The test says what fails: signature: token and encoding; connection: address and certificate.',
        'Paused: goes on once mended and saved.',
      ],
    },
    jilin: {
      title: 'Settings · Provincial cloud',
      purpose: 'Address, user, secret and SM2 key; minutes to wait after release.',
      keys: [['Enter', 'Saves']],
      red: [
        'No token: uid and appSecret; the day’s tokens may be used up.',
        'It cannot decrypt: try order, encoding or prefix.',
      ],
    },
    pacs: {
      title: 'Settings · PACS',
      purpose: 'Images and reports to a hospital’s PACS as well.',
      keys: [['Enter', 'Saves']],
      red: ['It refuses: its engineer must add our AE title and address.'],
    },
    items: {
      title: 'Settings · Item mapping',
      purpose: 'Your items and the province’s codes; may be imported as a table.',
      keys: [['Tab, Enter', 'New, change']],
      red: [
        'Uploads blocked by an item without a code: add it here.',
        'A table is refused: line and column are named.',
      ],
    },
    backup: {
      title: 'Settings · Backup',
      purpose: 'Copies everything to another disk and reads it back.',
      keys: [['Enter', 'Saves']],
      red: [
        'It failed: usually the disk is not there or full.',
        'No place: choose one soon, or all is lost with the computer.',
      ],
    },
    audit: {
      title: 'Settings · Audit log',
      purpose: 'Who did what and when; search, export, check.',
      keys: [['Tab, Enter', 'Search, export, check']],
      red: ['The check says it was touched: change nothing more, call for help, keep the backup.'],
    },
  },
})
