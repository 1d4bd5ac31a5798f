// The lower body, drawn by hand for this course: points in mm, x to the picture's right from the
// midline, y down from the waist. One half is drawn; the other is its mirror image. An area's
// outline runs beyond the skin and is clipped by it.
import { pointsOf, type Point } from "./curve.ts";

export type ViewId = "front" | "back" | "sole" | "seat";

export interface AreaShape {
  area: string;
  /** Where a word about it stands best. */
  label: Point;
  points: readonly Point[];
}

export interface ViewShape {
  id: ViewId;
  title: string;
  /** Where the view's midline and top stand in the picture. */
  place: Point;
  /** Which of the person's sides lies at the picture's right. */
  rightIs: "left" | "right";
  /** Half of the outline, from the midline's top outwards and back to the midline. */
  outline: readonly Point[];
  /** Whether the two halves meet in one outline, or are two shapes of their own. */
  joined: boolean;
  areas: readonly AreaShape[];
  /** What gives the skin its form: creases and edges, faint, on both halves. */
  lines: readonly (readonly Point[])[];
  /** The same, drawn once, in the midline. */
  middle: readonly (readonly Point[])[];
}

const FLANK: readonly Point[] = pointsOf(`
  133,0 132,30 136,66 147,104 160,150 170,196 175,240 174,290 170,345 164,410 156,475
  147,535 140,580 138,608 134,640 134,668 140,705 144,745 143,785 137,832 129,880 121,930
  116,968 117,992 121,1011
`);

/** From the medial malleolus up to the crotch. */
const INSIDE: readonly Point[] = pointsOf(`
  49,1003 53,978 53,945 47,895 38,835 32,785 31,748 35,705 41,668 41,640 36,612 34,585
  33,560 28,520 21,470 14,415 8,360 4,320 0,302
`);

const FRONT_FOOT: readonly Point[] = pointsOf(`
  118,1030 121,1048 130,1068 141,1088 147,1101 148,1110 143,1115 138,1112 136,1108
  135,1117 129,1122 124,1117 123,1111 122,1122 116,1128 110,1123 109,1115 108,1128
  101,1134 95,1129 94,1117 93,1133 84,1142 73,1139 67,1126 66,1110 63,1090 57,1066 51,1042
  50,1022
`);

const BACK_FOOT: readonly Point[] = pointsOf(`
  117,1032 122,1050 133,1068 141,1082 138,1093 124,1096 112,1099 98,1104 80,1105 64,1101
  55,1090 51,1068 51,1040 50,1020
`);

const FRONT: ViewShape = {
  id: "front",
  title: "Front",
  place: [190, 34],
  rightIs: "left",
  outline: [...FLANK, ...FRONT_FOOT, ...INSIDE],
  joined: true,
  areas: [
    {
      area: "groin",
      label: [72, 286],
      points: pointsOf(`
        128,178 96,214 56,250 18,276 -26,286 -26,330 8,372 34,350 76,312 118,266 146,222 150,190
      `),
    },
    {
      area: "anterior_thigh",
      label: [90, 420],
      points: pointsOf(`
        150,190 146,222 118,266 76,312 34,350 0,372 6,440 14,470 46,490 66,530 74,570 92,582
        116,574 128,540 138,480 146,410 150,340 152,270 158,220
      `),
    },
    {
      area: "lateral_thigh",
      label: [150, 470],
      points: pointsOf(`
        166,178 154,240 151,330 146,410 138,480 128,540 118,578 112,620 118,650 150,664 200,600
        200,200
      `),
    },
    {
      area: "medial_knee",
      label: [60, 640],
      points: pointsOf(`
        0,452 14,470 46,490 66,530 74,570 92,582 116,574 112,610 104,640 86,672 70,690 46,702
        10,710 0,600
      `),
    },
    {
      area: "medial_leg",
      label: [62, 800],
      points: pointsOf(`
        0,706 46,702 70,690 84,712 88,770 87,840 85,910 83,970 78,1020 72,1052 50,1064 20,1050
        10,900
      `),
    },
    {
      area: "lateral_leg",
      label: [112, 780],
      points: pointsOf(`
        86,672 104,640 112,622 120,650 160,664 170,780 160,900 140,984 122,992 108,1014 88,1022
        79,1018 83,970 86,880 88,770 83,706
      `),
    },
    {
      area: "dorsum_of_foot",
      label: [84, 1048],
      points: pointsOf(`
        78,1020 88,1022 108,1014 112,1036 118,1060 126,1086 130,1106 130,1130 108,1140 94,1142
        92,1118 84,1106 66,1108 48,1090 46,1060 72,1050
      `),
    },
    {
      area: "great_toe",
      label: [79, 1122],
      points: pointsOf("58,1102 68,1106 84,1105 92,1118 93,1134 92,1150 72,1152 56,1140"),
    },
    {
      area: "lateral_foot",
      label: [138, 1108],
      points: pointsOf(`
        142,980 122,992 108,1014 112,1036 118,1060 126,1086 130,1106 131,1132 160,1124 160,1060
        140,1020
      `),
    },
  ],
  lines: [
    pointsOf("122,176 96,206 58,240 22,268"), // inguinal crease
    pointsOf("146,122 138,136 130,152"), // anterior iliac spine
    pointsOf("60,470 48,520 44,556 54,580 64,584"), // vastus medialis
    pointsOf("118,500 122,540 118,572"), // vastus lateralis
    pointsOf("70,596 74,582 88,577 102,582 107,597"), // patella, above
    pointsOf("71,604 76,624 88,631 100,625 106,606"), // patella, below
    pointsOf("80,642 82,652 92,653 96,643"), // tuberosity of the tibia
    pointsOf("88,668 84,740 82,820 80,900 78,955"), // shin
    pointsOf("119,700 126,745 124,800"), // peroneal edge
    pointsOf("109,1000 113,1012 109,1022"), // lateral malleolus
    pointsOf("60,994 56,1005 60,1015"), // medial malleolus
    pointsOf("85,1034 86,1070 83,1096"), // tendon to the great toe
    pointsOf("70,1130 77,1126 86,1129"), // nail
    pointsOf("94,1119 92,1108 88,1098"),
    pointsOf("109,1117 105,1104"),
    pointsOf("123,1113 117,1098"),
    pointsOf("136,1110 129,1096"),
  ],
  middle: [pointsOf("0,0 0,24 0,44"), pointsOf("-4,54 0,60 4,54"), pointsOf("-24,266 0,276 24,266")],
};

const BACK: ViewShape = {
  id: "back",
  title: "Back",
  place: [570, 34],
  rightIs: "right",
  outline: [...FLANK, ...BACK_FOOT, ...INSIDE],
  joined: true,
  areas: [
    {
      area: "buttock",
      label: [84, 230],
      points: pointsOf(`
        -30,134 0,128 46,116 96,118 140,146 156,200 154,262 148,322 118,350 70,356 28,350 0,342
        -30,330
      `),
    },
    {
      area: "posterior_thigh",
      label: [82, 470],
      points: pointsOf(`
        0,338 28,350 70,356 118,350 148,322 148,400 140,480 130,550 124,604 108,622 80,626
        60,616 52,570 34,520 8,480 0,420
      `),
    },
    {
      area: "lateral_thigh",
      label: [150, 440],
      points: pointsOf(`
        150,168 156,200 154,262 148,322 147,400 140,480 130,550 124,604 122,640 150,664 200,600
        200,200
      `),
    },
    {
      area: "medial_knee",
      label: [50, 600],
      points: pointsOf("0,470 34,520 52,570 60,616 60,660 52,700 10,710 0,600"),
    },
    {
      area: "medial_leg",
      label: [46, 830],
      points: pointsOf("0,706 52,700 58,730 60,800 62,880 66,950 66,1010 58,1044 30,1050 10,900"),
    },
    {
      area: "posterior_calf",
      label: [88, 750],
      points: pointsOf(`
        60,618 80,626 108,622 122,612 122,660 124,740 120,830 112,910 104,970 102,1020 104,1062
        84,1070 62,1062 58,1044 66,1010 66,950 62,880 60,800 56,720 60,660
      `),
    },
    {
      area: "lateral_leg",
      label: [130, 800],
      points: pointsOf(`
        122,632 160,650 170,780 160,900 140,984 120,996 103,1000 104,970 112,910 120,830 124,740
      `),
    },
    {
      area: "lateral_foot",
      label: [122, 1078],
      points: pointsOf("150,976 120,996 103,1000 102,1020 104,1062 108,1084 120,1100 160,1110 160,1040"),
    },
    {
      area: "sole",
      label: [82, 1086],
      points: pointsOf("40,1046 62,1062 84,1070 104,1062 108,1084 120,1112 80,1120 36,1110"),
    },
  ],
  lines: [
    pointsOf("140,112 112,104 84,112 60,124"), // iliac crest
    pointsOf("33,140 37,145 42,141"), // dimple over the posterior iliac spine
    pointsOf("4,300 16,332 46,349 84,350 112,338"), // gluteal fold
    pointsOf("150,236 141,262 140,296"), // hollow behind the trochanter
    pointsOf("58,500 58,550 52,592"), // semitendinosus
    pointsOf("108,500 114,552 119,592"), // biceps femoris
    pointsOf("62,616 80,622 102,620 116,612"), // crease of the knee
    pointsOf("86,660 87,720 86,790"), // between the heads of the calf
    pointsOf("44,792 58,826 74,836 86,820 98,826 116,812 132,780"), // lower edge of the calf
    pointsOf("74,872 77,940 76,1000 72,1036"), // Achilles tendon
    pointsOf("98,872 94,940 94,1000 98,1036"),
    pointsOf("111,1000 115,1012 111,1024"),
    pointsOf("58,994 54,1005 58,1016"),
    pointsOf("106,1046 112,1072 112,1099"), // heel before the outer border
  ],
  middle: [pointsOf("0,0 0,60 0,128"), pointsOf("0,158 1,200 0,250 0,302")],
};

const SOLE: ViewShape = {
  id: "sole",
  title: "Soles",
  place: [868, 800],
  rightIs: "right",
  // The great toes lie together in the middle.
  outline: pointsOf(`
        12,34 14,14 24,4 36,8 40,22 44,20 51,17 57,23 62,23 68,26 70,33 75,33 80,38 80,45 85,47
        89,54 87,62 92,84 92,112 84,146 80,178 80,210 74,238 60,250 44,249 32,236 30,210 36,180
        36,146 24,110 13,82 11,56
      `),
  joined: false,
  areas: [
    {
      area: "great_toe",
      label: [24, 26],
      points: pointsOf("4,44 4,4 24,-4 41,4 42,24 40,40 28,50 12,52"),
    },
    {
      area: "lateral_foot",
      label: [80, 130],
      points: pointsOf("74,30 80,38 72,62 70,110 66,160 66,210 70,256 100,240 104,100 96,40"),
    },
    {
      area: "sole",
      label: [52, 120],
      points: pointsOf(`
        4,52 12,52 28,50 40,40 42,24 42,10 60,12 78,30 78,40 72,62 70,110 66,160 66,210 70,258
        30,258 20,200 4,110
      `),
    },
  ],
  lines: [
    pointsOf("14,46 26,50 38,44"),
    pointsOf("40,22 42,36 48,40 60,42 76,54"),
    pointsOf("16,92 34,98 54,92 70,86"),
    pointsOf("36,150 48,170 50,196"),
  ],
  middle: [],
};

const SEAT: ViewShape = {
  id: "seat",
  title: "Seat",
  place: [868, 420],
  rightIs: "right",
  // Seen from behind and below, the person bending forward.
  outline: pointsOf(`
        0,2 34,0 66,12 88,40 94,74 90,108 84,136 80,164 62,172 38,172 18,166 10,150 0,144
      `),
  joined: true,
  areas: [
    {
      area: "buttock",
      label: [66, 60],
      points: pointsOf("-24,-10 44,-12 100,20 112,70 104,122 62,134 40,114 34,82 22,52 0,34 -24,28"),
    },
    {
      area: "posterior_thigh",
      label: [60, 152],
      points: pointsOf("100,122 62,134 42,116 28,132 8,150 8,190 100,190"),
    },
    {
      area: "perineum",
      label: [0, 100],
      points: pointsOf("-24,30 4,36 22,52 34,82 40,112 30,132 10,152 -24,156"),
    },
  ],
  lines: [pointsOf("86,118 66,130 42,124 24,110 14,128")],
  middle: [pointsOf("0,14 0,60 0,100 0,144")],
};

export const VIEWS: readonly ViewShape[] = [FRONT, BACK, SEAT, SOLE];
export const PICTURE: Readonly<{ width: number; height: number }> = { width: 980, height: 1200 };

/** Where a reflex hammer strikes and a leg is tested: marks on the skin, for the half drawn. */
export const POINTS: Readonly<Record<string, { view: ViewId; at: Point }>> = {
  patellar: { view: "front", at: [89, 640] },
  achilles: { view: "back", at: [85, 975] },
};
