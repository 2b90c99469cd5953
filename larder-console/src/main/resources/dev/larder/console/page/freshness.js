/** Measured freshness: what checks found, in words. */
import { count } from './format.js';

const CHECKS = [
  ['AFTER_1S', '1 to 10 s after an invalidation'],
  ['AFTER_10S', '10 to 60 s after'],
  ['AFTER_60S', 'a minute after'],
  ['HIT', 'hits compared with the source'],
];

/** Copies looked at and stale ones, summed over counts. */
export function checked(counts) {
  return counts.reduce((sum, each) => ({ sampled: sum.sampled + each.sampled, stale: sum.stale + each.stale }), { sampled: 0, stale: 0 });
}

/** "0 of 1,204 1 to 10 s after an invalidation"; only checks that looked at something. */
export function byCheck(counts) {
  const parts = CHECKS.map(([check, words]) => [words, checked(counts.filter((each) => each.check === check))])
    .filter(([, sum]) => sum.sampled > 0)
    .map(([words, sum]) => `${count(sum.stale)} of ${count(sum.sampled)} ${words}`);
  return parts.length ? parts.join('; ') : 'nothing was looked at yet';
}
