import { expect, test } from "vitest";
import { inEnglish } from "../../fixtures/english";
import { ENCODINGS } from "../protocol";
import { readTable } from "../table";
import { textIn, decode } from "./encoding";

// Browsers encode UTF-8 only, so the bytes come from Python:
//   base64.b64encode(text.encode("gb18030"))   and so on by each name; for
//   windows-1251 "cp1251", for windows-1252 "cp1252".
const bytesOf = (base64: string) =>
  new Uint8Array(Buffer.from(base64, "base64"));

const CHINESE = `text,label
味道很好，下次还会再来的,好
等了一个小时才送到，太慢了,差
包装很漂亮，朋友们都喜欢,好
收到的时候已经坏了，不能用,差
客服的态度非常好，问题很快解决,好
东西和图片上的完全不一样,差
这个价格能买到这样的质量，很满意,好
用了两天就不工作了,差
房间很干净，离地铁站也近,好
晚上太吵了，没有睡好,差
我们全家都在用，值得推荐,好
颜色不对，退货也没有人理,差
`;

const TAIWANESE = `text,label
味道很好，下次還會再來的,好
等了一個小時才送到，太慢了,差
包裝很漂亮，朋友們都喜歡,好
收到的時候已經壞了，不能用,差
客服的態度非常好，問題很快解決,好
東西和圖片上的完全不一樣,差
這個價格能買到這樣的品質，很滿意,好
用了兩天就不能動了,差
房間很乾淨，離捷運站也近,好
晚上太吵了，沒有睡好,差
我們全家都在用，值得推薦,好
顏色不對，退貨也沒有人理,差
`;

const JAPANESE = `text,label
とても美味しかったです。また来ます。,良い
一時間も待たされました。,悪い
包装がきれいで友達も喜びました。,良い
届いたときには壊れていました。,悪い
スタッフの対応がとても良かった。,良い
写真と全然違うものが届いた。,悪い
この値段でこの品質なら満足です。,良い
二日で動かなくなりました。,悪い
部屋は清潔で、駅からも近い。,良い
夜はうるさくて眠れなかった。,悪い
家族みんなで使っています。,良い
色が違うのに返品できません。,悪い
`;

const KOREAN = `text,label
맛이 정말 좋아서 다시 오고 싶어요,좋음
한 시간이나 기다렸습니다,나쁨
포장이 예뻐서 친구들이 좋아했어요,좋음
도착했을 때 이미 고장나 있었어요,나쁨
직원들이 아주 친절했습니다,좋음
사진과 전혀 다른 물건이 왔어요,나쁨
이 가격에 이 품질이면 만족합니다,좋음
이틀 만에 작동하지 않습니다,나쁨
방이 깨끗하고 역에서 가까워요,좋음
밤에 너무 시끄러워서 못 잤어요,나쁨
온 가족이 함께 쓰고 있습니다,좋음
색이 다른데 반품도 안 됩니다,나쁨
`;

const RUSSIAN = `text,label
Очень вкусно, обязательно придём ещё раз,хорошо
Ждали заказ больше часа,плохо
Красивая упаковка, друзьям понравилось,хорошо
Пришло уже сломанным,плохо
Персонал очень вежливый и внимательный,хорошо
Товар совсем не похож на фотографию,плохо
За такую цену качество отличное,хорошо
Через два дня перестал работать,плохо
В номере чисто, до метро рядом,хорошо
Ночью было слишком шумно,плохо
Пользуемся всей семьёй и довольны,хорошо
Цвет не тот, а вернуть нельзя,плохо
`;

const GERMAN = `text,label
Das Päckchen kam früh und völlig unbeschädigt,schön
Wir mussten über eine Stunde warten,übel
Die Verpackung gefällt allen – „wunderschön“,schön
Das Gerät war schon bei der Lieferung kaputt,übel
Sehr höfliche und fähige Mitarbeiter,schön
Die Größe stimmt überhaupt nicht,übel
Für 5 € ist die Qualität großartig,schön
Nach zwei Tagen läuft es nicht mehr,übel
Das Zimmer ist gemütlich und nah am Bahnhof,schön
Nachts war es viel zu laut, ich hörte alles,übel
Meine Söhne können nicht genug davon kriegen,schön
Falsche Farbe, Rückgabe unmöglich,übel
`;

const FRENCH = `text,label
C’est très bon, nous reviendrons bientôt,positif
Une heure d’attente avant d’être servi,négatif
L’emballage était soigné et mes amis ont adoré,positif
Le colis est arrivé complètement abîmé,négatif
Le personnel est très aimable et à l’écoute,positif
La couleur ne correspond pas à la photo,négatif
Pour 5 € la qualité est étonnante,positif
Déjà cassé après deux journées,négatif
La chambre est propre et près de la gare,positif
Trop de bruit la nuit, impossible de dormir,négatif
Toute la famille l’a adopté, même grand-mère,positif
Échange refusé, je suis déçu,négatif
`;

const OTHERS: [encoding: string, text: string, base64: string][] = [
  [
    "gb18030",
    CHINESE,
    "dGV4dCxsYWJlbArOtrXAuty6w6Osz8K0zru5u+HU2cC0tcQsusMKtcjBy9K7uPbQocqxssXLzbW9o6zMq8L9wcsssu4KsPzXsLrcxq/BwaOsxfPT0cPHtrzPsru2LLrDCsrVtb21xMqxuvLS0b6tu7XBy6OssrvE3NPDLLLuCr/Nt/61xMystsi3x7OjusOjrM7KzOK63L/sveK+9iy6wwq2q873us3NvMasyc+1xM3qyKuyu9K70fkssu4K1eK49rzbuPHE3MLytb3V4tH5tcTWysG/o6y63ML60uIsusMK08PBy8G9zOy+zbK7uaTX98HLLLLuCre/vOS63LjJvrujrMDrtdjM+tW+0rK9/Cy6wwrN7cnPzKuzs8HLo6zDu9PQy6+6wyyy7grO0sPHyKu80ra81NrTw6Os1rW1w83GvPYsusMK0dXJq7K7ttSjrM3Lu/XSssO709DIy8DtLLLuCg==",
  ],
  [
    "big5",
    TAIWANESE,
    "dGV4dCxsYWJlbAqo/blEq9ymbqFBpFWmuMHZt3ymQajTqrospm4KtaWkRqRArdOkcK7JpH6wZajsoUGk07pDpEYsrnQKpV24y6vcun2rR6FBqkKkza3Ms6Oz38V3LKZuCqasqOyquq7JrdSkd7hnw2GkRqFBpKOv4KXOLK50CqvIqkGqurpBq9erRLFgpm6hQbDdw0Sr3KfWuNGoTSymbgqqRqboqU25z6T5pFequqe5pf6ko6RAvMssrnQKs2+t07v5ruav4LZSqOyzb7zLqrqrfr3ooUGr3Lqht04spm4Kpc6kRqjipNG0TqSjr+CwyqRGLK50CqnQtqGr3LCusmKhQcL3sba5Qq+4pF2q8Symbgqx36RXpNOnbqRGoUGoU6azus6mbiyudAqn2q3Mpf6uYbOjpmKlzqFBrcixb7HAwssspm4Kw0Om4qSjue+hQbBos2akXahTprOkSLJ6LK50Cg==",
  ],
  [
    "shift_jis",
    JAPANESE,
    "dGV4dCxsYWJlbAqCxoLEguCU/JahgrWCqYLBgr2CxYK3gUKC3IK9l4iC3IK3gUIsl8eCogqI6o6eitSC4JHSgr2Cs4LqgtyCtYK9gUIsiKuCogqV75GVgqqCq4LqgqKCxZdGkkKC4IrsgtGC3IK1gr2BQiyXx4KiCpPNgqKCvYLGgquCyYLNifOC6oLEgqKC3IK1gr2BQiyIq4KiCoNYg16DYoN0gsyRzomegqqCxoLEguCXx4KpgsGCvYFCLJfHgqIKjsqQXoLGkVORUojhgqSC4ILMgqqTzYKigr2BQiyIq4KiCoKxgsySbJJpgsWCsYLMlWmOv4LIgueWnpGrgsWCt4FCLJfHgqIKk/GT+oLFk66CqYLIgq2CyILogtyCtYK9gUIsiKuCogqVlImugs2QtIyJgsWBQYl3gqmC54Lgi9+CooFCLJfHgqIKlumCzYKkgumCs4KtgsSWsILqgsiCqYLBgr2BQiyIq4KiConGkbCC3YLxgsiCxY5ngsGCxIKigtyCt4FCLJfHgqIKkEaCqojhgqSCzILJldSVaYLFgquC3IK5gvGBQiyIq4KiCg==",
  ],
  [
    "euc-jp",
    JAPANESE,
    "dGV4dCxsYWJlbAqkyKTGpOLI/syjpLekq6TDpL+kx6S5oaOk3qS/zeik3qS5oaMszsmkpAqw7Lv+tNak4sLUpL+ktaTspN6kt6S/oaMssK2kpArK8cH1pKykraTspKSkx82nw6Ok4rTupNOk3qS3pL+hoyzOyaSkCsbPpKSkv6TIpK2ky6TPsvWk7KTGpKSk3qS3pL+hoyywraSkCqW5pb+lw6XVpM7C0LH+pKykyKTGpOLOyaSrpMOkv6GjLM7JpKQKvMy/v6TIwbTBs7DjpKak4qTOpKzGz6SkpL+hoyywraSkCqSzpM7DzcPKpMeks6TOycq8waTKpOnL/sKtpMekuaGjLM7JpKQKxvPG/KTHxrCkq6TKpK+kyqTqpN6kt6S/oaMssK2kpArJ9LKwpM/AtrfppMehorHYpKuk6aTituGkpKGjLM7JpKQKzOukz6SmpOuktaSvpMbMsqTspMqkq6TDpL+hoyywraSkCrLIwrKk36TzpMqkx7vIpMOkxqSkpN6kuaGjLM7JpKQKv6ekrLDjpKakzqTLytbJyqTHpK2k3qS7pPOhoyywraSkCg==",
  ],
  [
    "euc-kr",
    KOREAN,
    "dGV4dCxsYWJlbAq4wMDMIMGkuLsgwcG+xrytILTZvcMgv8Cw7SC9zb7uv+QswcHAvQrH0SC9w7CjwMyzqiCx4rTZt8i9wLTPtNkss6q73QrG98DlwMwgv7m7tbytIMSjsbi16cDMIMHBvsbH377uv+QswcHAvQq1tcL4x9/AuyC2pyDAzLnMILDtwOWzqiDA1r76vu6/5CyzqrvdCsH3v/i16cDMIL7GwdYgxKPA/cffvcC0z7TZLMHBwL0Ku+fB+LD6IMD8x/QgtNm4pSC5sLDHwMwgv9S+7r/kLLOqu90KwMwgsKGw3b+hIMDMIMewwfrAzLjpILi4wbfH1bTPtNkswcHAvQrAzMayILi4v6EgwNu1v8fPwfYgvsq9wLTPtNkss6q73Qq55sDMILH6sv3Hz7DtIL+qv6G8rSCwobHuv/a/5CzBwcC9Crnjv6Egs8q5qyC9w7L0t6+/9rytILj4IMDkvu6/5CyzqrvdCr/CILChwbfAzCDH1LKyIL6ysO0gwNa9wLTPtNkswcHAvQq79sDMILTZuKW1pSC53cewtbUgvsggtcu0z7TZLLOqu90K",
  ],
  [
    "koi8-r",
    RUSSIAN,
    "dGV4dCxsYWJlbArv3sXO2CDXy9XTzs8sIM/C0drB1MXM2M7PINDSycSjzSDF3aMg0sHaLMjP0s/bzwr2xMHMySDawcvB2iDCz8zY28Ug3sHTwSzQzM/Izwrr0sHTydfB0SDV0MHLz9fLwSwgxNLV2tjRzSDQz87SwdfJzM/T2CzIz9LP288K8NLJ28zPINXWxSDTzM/Nwc7O2c0s0MzPyM8K8MXS08/Owcwgz97Fztgg18XWzMnX2cogySDXzsnNwdTFzNjO2cosyM/Sz9vPCvTP18HSINPP19PFzSDOxSDQz8jP1iDOwSDGz9TPx9LBxsnALNDMz8jPCvrBINTBy9XAIMPFztUgy8HexdPU188gz9TMyd7Oz8UsyM/Sz9vPCv7F0sXaIMTXwSDEztEg0MXSxdPUwcwg0sHCz9TB1Ngs0MzPyM8K9yDOz83F0sUg3snT1M8sIMTPIM3F1NLPINLRxM/NLMjP0s/bzwruz97YwCDC2czPINPMydvLz80g29XNzs8s0MzPyM8K8M/M2NrVxc3T0SDX08XKINPFzdijyiDJIMTP18/M2M7ZLMjP0s/bzwrj18XUIM7FINTP1CwgwSDXxdLO1dTYIM7FzNja0SzQzM/Izwo=",
  ],
  [
    "windows-1251",
    RUSSIAN,
    "dGV4dCxsYWJlbArO9+Xt/CDi6vPx7e4sIO7h/+fg8uXr/O3uIO/w6OS47CDl+bgg8ODnLPXu8O747grG5ODr6CDn4Org5yDh7uv8+OUg9+Dx4Czv6+717grK8ODx6OLg/yDz7+Dq7uLq4Cwg5PDz5/z/7CDv7u3w4OLo6+7x/Cz17vDu+O4Kz/Do+OvuIPPm5SDx6+7s4O3t++ws7+vu9e4Kz+Xw8e7t4Osg7vfl7fwg4uXm6+ji++kg6CDi7ejs4PLl6/zt++ks9e7w7vjuCtLu4uDwIPHu4vHl7CDt5SDv7vXu5iDt4CD07vLu4/Dg9Oj+LO/r7vXuCsfgIPLg6vP+IPbl7fMg6uD35fHy4u4g7vLr6Pft7uUs9e7w7vjuCtfl8OXnIOTi4CDk7f8g7+Xw5fHy4Osg8ODh7vLg8vws7+vu9e4KwiDt7uzl8OUg9+jx8u4sIOTuIOzl8vDuIPD/5O7sLPXu8O747grN7vf8/iDh++vuIPHr6Pjq7uwg+PPs7e4s7+vu9e4Kz+7r/Ofz5ezx/yDi8eXpIPHl7Py46SDoIOTu4u7r/O37LPXu8O747grW4uXyIO3lIPLu8iwg4CDi5fDt8/L8IO3l6/zn/yzv6+717go=",
  ],
];

test.each(OTHERS)(
  "a table in %s is read as that, and it says so",
  (encoding, text, base64) => {
    expect(inEnglish(decode("a.csv", bytesOf(base64)))).toEqual({
      text,
      encoding,
      problems: [
        `a.csv is not UTF-8; it was read as ${encoding}, which fits its letters best. If they look wrong in the preview, set another encoding or save it as UTF-8.`,
      ],
    });
  },
);

test.each(OTHERS)(
  "%s is found in a long file, below many lines of ASCII",
  (encoding, text, base64) => {
    const ascii = new TextEncoder().encode("plain words,none\n".repeat(20_000));
    const once = bytesOf(base64);
    const bytes = new Uint8Array(ascii.length + 100 * once.length);
    bytes.set(ascii);
    for (let i = 0; i < 100; i++)
      bytes.set(once, ascii.length + i * once.length);
    const decoded = decode("a.csv", bytes);
    expect(decoded.encoding).toBe(encoding);
    expect(decoded.text.endsWith(text)).toBe(true);
  },
);

test.each(OTHERS)(
  "texts in folders are read together as %s, though each is short",
  (encoding, text, base64) => {
    // Line ends are no part of a character in any of these.
    const lines: Uint8Array[] = [];
    let start = 0;
    const bytes = bytesOf(base64);
    bytes.forEach((byte, i) => {
      if (byte !== 10) return;
      lines.push(bytes.subarray(start, i));
      start = i + 1;
    });
    const table = readTable(
      lines.slice(1).map((line, i) => ({
        name: `${i}.txt`,
        path: `set/${i % 2 ? "bad" : "good"}/${i}.txt`,
        bytes: line,
        role: null,
      })),
    );
    const { encoding: found, problems } = table.files[0]!;
    expect(found).toBe(encoding);
    expect(inEnglish(problems).join()).toContain(`it was read as ${encoding}`);
    expect(new Set(table.rows.map(([cell]) => cell))).toEqual(
      new Set(text.trim().split("\n").slice(1)),
    );
  },
);

test.each([
  [
    "German",
    GERMAN,
    "dGV4dCxsYWJlbApEYXMgUORja2NoZW4ga2FtIGZy/GggdW5kIHb2bGxpZyB1bmJlc2No5GRpZ3Qsc2No9m4KV2lyIG11c3N0ZW4g/GJlciBlaW5lIFN0dW5kZSB3YXJ0ZW4s/GJlbApEaWUgVmVycGFja3VuZyBnZWbkbGx0IGFsbGVuIJYghHd1bmRlcnNjaPZukyxzY2j2bgpEYXMgR2Vy5HQgd2FyIHNjaG9uIGJlaSBkZXIgTGllZmVydW5nIGthcHV0dCz8YmVsClNlaHIgaPZmbGljaGUgdW5kIGbkaGlnZSBNaXRhcmJlaXRlcixzY2j2bgpEaWUgR3L232Ugc3RpbW10IPxiZXJoYXVwdCBuaWNodCz8YmVsCkb8ciA1IIAgaXN0IGRpZSBRdWFsaXTkdCBncm/fYXJ0aWcsc2No9m4KTmFjaCB6d2VpIFRhZ2VuIGzkdWZ0IGVzIG5pY2h0IG1laHIs/GJlbApEYXMgWmltbWVyIGlzdCBnZW38dGxpY2ggdW5kIG5haCBhbSBCYWhuaG9mLHNjaPZuCk5hY2h0cyB3YXIgZXMgdmllbCB6dSBsYXV0LCBpY2ggaPZydGUgYWxsZXMs/GJlbApNZWluZSBT9mhuZSBr9m5uZW4gbmljaHQgZ2VudWcgZGF2b24ga3JpZWdlbixzY2j2bgpGYWxzY2hlIEZhcmJlLCBS/GNrZ2FiZSB1bm32Z2xpY2gs/GJlbAo=",
  ],
  [
    "French",
    FRENCH,
    "dGV4dCxsYWJlbApDkmVzdCB0cuhzIGJvbiwgbm91cyByZXZpZW5kcm9ucyBiaWVudPR0LHBvc2l0aWYKVW5lIGhldXJlIGSSYXR0ZW50ZSBhdmFudCBkkup0cmUgc2VydmksbulnYXRpZgpMkmVtYmFsbGFnZSDpdGFpdCBzb2lnbukgZXQgbWVzIGFtaXMgb250IGFkb3LpLHBvc2l0aWYKTGUgY29saXMgZXN0IGFycml26SBjb21wbOh0ZW1lbnQgYWLubeksbulnYXRpZgpMZSBwZXJzb25uZWwgZXN0IHRy6HMgYWltYWJsZSBldCDgIGyS6WNvdXRlLHBvc2l0aWYKTGEgY291bGV1ciBuZSBjb3JyZXNwb25kIHBhcyDgIGxhIHBob3RvLG7pZ2F0aWYKUG91ciA1IIAgbGEgcXVhbGl06SBlc3Qg6XRvbm5hbnRlLHBvc2l0aWYKROlq4CBjYXNz6SBhcHLocyBkZXV4IGpvdXJu6WVzLG7pZ2F0aWYKTGEgY2hhbWJyZSBlc3QgcHJvcHJlIGV0IHBy6HMgZGUgbGEgZ2FyZSxwb3NpdGlmClRyb3AgZGUgYnJ1aXQgbGEgbnVpdCwgaW1wb3NzaWJsZSBkZSBkb3JtaXIsbulnYXRpZgpUb3V0ZSBsYSBmYW1pbGxlIGySYSBhZG9wdOksIG3qbWUgZ3JhbmQtbehyZSxwb3NpdGlmCsljaGFuZ2UgcmVmdXPpLCBqZSBzdWlzIGTp53UsbulnYXRpZgo=",
  ],
])("a %s table in windows-1252 stays that", (_, text, base64) => {
  expect(inEnglish(decode("a.csv", bytesOf(base64)))).toEqual({
    text,
    encoding: "windows-1252",
    problems: [
      "a.csv is not UTF-8; it was read as windows-1252. If letters look wrong in the preview, save it as UTF-8.",
    ],
  });
});

test.each(OTHERS)(
  "what is in %s stays UTF-8 where it is saved as that",
  (_, text) => {
    expect(decode("a.csv", new TextEncoder().encode(text))).toEqual({
      text,
      encoding: "utf-8",
      problems: [],
    });
  },
);

test("a few letters are no evidence: they are read as windows-1252", () => {
  const short = bytesOf("8uXq8fIsbGFiZWwK7vfl7fwg9e7w7vjuLDEK");
  expect(decode("a.csv", short).encoding).toBe("windows-1252");
});

test("one broken character does not hide an encoding", () => {
  const [, , base64] = OTHERS[0]!;
  const bytes = new Uint8Array([...bytesOf(base64), 0xff, 10]);
  expect(decode("a.csv", bytes).encoding).toBe("gb18030");
});

test("every encoding that a person can choose has a decoder", () => {
  for (const encoding of ENCODINGS)
    expect(textIn(encoding, new Uint8Array(2)), encoding).toBeDefined();
  const [, text, base64] = OTHERS.find(([name]) => name === "windows-1251")!;
  expect(decode("a.csv", bytesOf(base64), "windows-1251")).toEqual({
    text,
    encoding: "windows-1251",
    problems: [],
  });
  expect(decode("a.csv", bytesOf(base64), "koi8-r").text).not.toBe(text);
});
