import {
  bow,
  clap,
  crawl,
  gait,
  jump,
  jumpingJack,
  kneel,
  leanOver,
  lunge,
  march,
  squat,
  punch,
} from './body-motions.ts';
import { armMotions, legMotions, limbName, touchHead, type Side } from './limb-motions.ts';
import type { Manner, Motion, Performance } from './performance.ts';
import { fall, liftBox, pushBox, sitDown, throwBall } from './prop-motions.ts';

export interface WorldAction {
  readonly id: string;
  /** The class name, and other ways to say it. All are built from words that several actions share. */
  readonly phrases: readonly [string, ...string[]];
  /** Never seen in training: a new combination of known words. */
  readonly novel: boolean;
  /** The action of which this one is the reverse in time: single frames cannot tell them apart. */
  readonly reverseOf: string | null;
  readonly durationS: readonly [number, number];
  /** `-1` or `1`: the side it faces is part of its name; null where either will do. */
  readonly facing: -1 | 1 | null;
  /** What the figure does at `progress` in [0, 1]. */
  perform(progress: number, manner: Manner): Performance;
}

const alone =
  (motion: Motion) =>
  (t: number, manner: Manner): Performance => ({ pose: motion(t, manner), prop: null });
const backwards = (act: (t: number, manner: Manner) => Performance) => (t: number, manner: Manner) =>
  act(1 - t, manner);

interface Entry {
  readonly phrases: readonly [string, ...string[]];
  readonly perform: WorldAction['perform'];
  readonly durationS?: readonly [number, number];
  readonly novel?: boolean;
  readonly reverseOf?: string;
  readonly facing?: -1 | 1;
}

const sides: readonly Side[] = ['left', 'right', 'both'];
const onSides = (make: (side: Side) => readonly [string, Entry], chosen: readonly Side[] = sides) => chosen.map(make);
const directions = [
  ['left', -1],
  ['right', 1],
] as const;

const entries: readonly (readonly [string, Entry])[] = [
  ...onSides((side) => [
    `wave-${side}-arm`,
    {
      phrases: [
        `waving ${limbName(side, 'arm')}`,
        `waving with ${limbName(side, 'arm')}`,
        `greeting with ${limbName(side, 'arm')}`,
      ],
      perform: alone(armMotions.wave(side)),
      novel: side === 'right',
    },
  ]),
  ...onSides((side) => [
    `raise-${side}-arm`,
    {
      phrases: [
        `raising ${limbName(side, 'arm')}`,
        `lifting up ${limbName(side, 'arm')}`,
        `moving ${limbName(side, 'arm')} up`,
      ],
      perform: alone(armMotions.raise(side)),
      durationS: [1.2, 2.2],
    },
  ]),
  ...onSides((side) => [
    `lower-${side}-arm`,
    {
      phrases: [
        `lowering ${limbName(side, 'arm')}`,
        `taking down ${limbName(side, 'arm')}`,
        `moving ${limbName(side, 'arm')} down`,
      ],
      perform: backwards(alone(armMotions.raise(side))),
      durationS: [1.2, 2.2],
      reverseOf: `raise-${side}-arm`,
    },
  ]),
  ...onSides((side) => [
    `circle-${side}-arm`,
    {
      phrases: [
        `circling ${limbName(side, 'arm')}`,
        `swinging ${limbName(side, 'arm')} in circles`,
        `turning ${limbName(side, 'arm')} round and round`,
      ],
      perform: alone(armMotions.circle(side)),
      novel: side === 'both',
    },
  ]),
  ...onSides((side) => [
    `point-${side}`,
    {
      phrases: [
        `pointing with ${limbName(side, 'arm')}`,
        `stretching out ${limbName(side, 'arm')}`,
        `holding out ${limbName(side, 'arm')}`,
      ],
      perform: alone(armMotions.point(side)),
      novel: side === 'left',
    },
  ]),
  ...onSides(
    (side) => [
      `raise-${side}-leg`,
      {
        phrases: [
          `raising ${limbName(side, 'leg')}`,
          `lifting up ${limbName(side, 'leg')}`,
          `standing with ${limbName(side, 'leg')} raised`,
        ],
        perform: alone(legMotions.raise(side)),
        novel: side === 'left',
      },
    ],
    ['left', 'right'],
  ),
  ...onSides(
    (side) => [
      `kick-${side}-leg`,
      {
        phrases: [
          `kicking with ${limbName(side, 'leg')}`,
          `kicking ${limbName(side, 'leg')} out`,
          `swinging ${limbName(side, 'leg')} out`,
        ],
        perform: alone(legMotions.kick(side)),
        novel: side === 'right',
      },
    ],
    ['left', 'right'],
  ),
  ...onSides((side) => [
    `touch-head-${side}`,
    {
      phrases: [
        `touching the head with ${limbName(side, 'arm')}`,
        `holding the head with ${limbName(side, 'arm')}`,
        `putting ${limbName(side, 'arm')} on the head`,
      ],
      perform: alone(touchHead(side)),
      novel: side === 'right',
    },
  ]),
  ...directions.flatMap(([name, facing]): [string, Entry][] => [
    [
      `walk-${name}`,
      {
        phrases: [`walking to the ${name}`, `walking ${name}`, `going to the ${name} on foot`],
        perform: alone(gait('walk')),
        facing,
      },
    ],
    [
      `run-${name}`,
      {
        phrases: [`running to the ${name}`, `running ${name}`, `going to the ${name} in a run`],
        perform: alone(gait('run')),
        facing,
        novel: name === 'right',
      },
    ],
    [
      `lean-${name}`,
      {
        phrases: [`leaning to the ${name}`, `leaning ${name}`, `bending over to the ${name}`],
        perform: alone(leanOver(facing === -1 ? 1 : -1)),
        novel: name === 'left',
      },
    ],
  ]),
  ['squat', { phrases: ['squatting', 'doing squats', 'bending the knees'], perform: alone(squat) }],
  ['jump', { phrases: ['jumping', 'jumping up', 'hopping up and down'], perform: alone(jump) }],
  [
    'jumping-jack',
    {
      phrases: ['doing jumping jacks', 'jumping with both arms and both legs out', 'jumping jacks'],
      perform: alone(jumpingJack),
    },
  ],
  ['clap', { phrases: ['clapping', 'clapping both hands', 'putting both hands together'], perform: alone(clap) }],
  ['bow', { phrases: ['bowing', 'bowing down', 'bending over to the front'], perform: alone(bow) }],
  ['march', { phrases: ['marching', 'marching on the spot', 'walking on the spot'], perform: alone(march) }],
  ['punch', { phrases: ['punching', 'boxing', 'punching with both arms'], perform: alone(punch) }],
  ['kneel', { phrases: ['kneeling', 'kneeling down', 'going down on one knee'], perform: alone(kneel) }],
  ['lunge', { phrases: ['lunging', 'doing a lunge', 'taking one long step'], perform: alone(lunge) }],
  [
    'crawl',
    { phrases: ['crawling', 'crawling on hands and knees', 'going on hands and knees'], perform: alone(crawl) },
  ],
  [
    'sit-down',
    {
      phrases: ['sitting down', 'sitting down on a chair', 'taking a seat on a chair'],
      perform: sitDown,
      durationS: [1.4, 2.4],
    },
  ],
  [
    'stand-up',
    {
      phrases: ['standing up', 'standing up from a chair', 'getting up from a chair'],
      perform: backwards(sitDown),
      durationS: [1.4, 2.4],
      reverseOf: 'sit-down',
    },
  ],
  [
    'fall-down',
    {
      phrases: ['falling down', 'falling to the ground', 'going down to the ground'],
      perform: fall,
      durationS: [1.2, 2],
    },
  ],
  [
    'get-up',
    {
      phrases: ['getting up', 'getting up from the ground', 'rising from the ground'],
      perform: backwards(fall),
      durationS: [1.2, 2],
      reverseOf: 'fall-down',
    },
  ],
  ['push-box', { phrases: ['pushing a box', 'pushing a box away', 'moving a box by pushing'], perform: pushBox }],
  [
    'pull-box',
    {
      phrases: ['pulling a box', 'pulling a box along', 'moving a box by pulling'],
      perform: backwards(pushBox),
      reverseOf: 'push-box',
    },
  ],
  [
    'lift-box',
    {
      phrases: ['lifting a box', 'lifting up a box', 'picking up a box from the ground'],
      perform: liftBox,
      durationS: [1.4, 2.4],
    },
  ],
  [
    'put-down-box',
    {
      phrases: ['putting down a box', 'lowering a box', 'putting a box on the ground'],
      perform: backwards(liftBox),
      durationS: [1.4, 2.4],
      reverseOf: 'lift-box',
    },
  ],
  [
    'throw-ball',
    {
      phrases: ['throwing a ball', 'throwing a ball away', 'pitching a ball'],
      perform: throwBall,
      durationS: [1.2, 2],
    },
  ],
  [
    'catch-ball',
    {
      phrases: ['catching a ball', 'catching a ball in the air', 'getting a ball from the air'],
      perform: backwards(throwBall),
      durationS: [1.2, 2],
      reverseOf: 'throw-ball',
    },
  ],
];

/** The library of everyday actions, in a fixed order. */
export const worldActions: readonly WorldAction[] = entries.map(([id, entry]) => ({
  id,
  phrases: entry.phrases,
  novel: entry.novel ?? false,
  reverseOf: entry.reverseOf ?? null,
  durationS: entry.durationS ?? [2, 4],
  facing: entry.facing ?? null,
  perform: entry.perform,
}));
