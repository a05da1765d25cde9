import type en from "../en/common";

export default {
  internal: "{message}",
  "and more": "另外 {count, number} 个",
  "item, next": "{item}、{next}",
  "item; next": "{item}；{next}",
  "sentence, next": "{item}{next}",
  "worker stopped": "{who}已停止：{reason}。请重新加载页面以启动新的。",
  "worker was closed": "它已被关闭",
  "training engine": "训练引擎",
  "data reader": "数据读取器",
  "worker did not load": "其程序无法加载（网站文件是否完整？是否联网？）",
} satisfies Record<keyof typeof en, string>;
