// Saving what is on the page as a file: pictures, tables, text.

/** Hand `content` to the reader as a file of that name. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

/** Rows as CSV (RFC 4180) that spreadsheets open as UTF-8 and never run as a formula. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return `\ufeff${rows.map((row) => row.map(field).join(",")).join("\r\n")}\r\n`;
}

function field(text: string): string {
  const harmless = /^[=+@\t\r-]/.test(text) && !/^-?[\d.]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}

export type PictureFormat = "png" | "svg";

/** What draws pictures of a chart: plotly.js. */
export interface PictureMaker {
  toImage(
    figure: { data: object[]; layout: object },
    settings: { format: PictureFormat; width: number; height: number; scale: number },
  ): Promise<string>;
}

interface Drawn {
  data: object[];
  layout: Readonly<Record<string, unknown>>;
  width: number;
  height: number;
}

const FOOT_PX = 44;
const PIXELS_PER_POINT = 2; // sharp on a projector

/** The chart as a file, with a line at its foot that says where it is from. */
export async function savePicture(
  maker: PictureMaker,
  { data, layout, width, height }: Drawn,
  format: PictureFormat,
  name: string,
  foot: string,
): Promise<void> {
  const margin = (layout.margin ?? {}) as { b?: number };
  const notes = Array.isArray(layout.annotations) ? (layout.annotations as object[]) : [];
  const figure = {
    data,
    layout: {
      ...layout,
      width,
      height: height + FOOT_PX,
      autosize: false,
      margin: { ...margin, b: (margin.b ?? 0) + FOOT_PX },
      annotations: [
        ...notes,
        {
          text: foot,
          xref: "paper",
          yref: "paper",
          x: 0,
          y: 0,
          xanchor: "left",
          yanchor: "bottom",
          yshift: -((margin.b ?? 0) + FOOT_PX - 8),
          showarrow: false,
          font: { size: 12, color: "#5b6675" },
        },
      ],
    },
  };
  const scale = format === "png" ? PIXELS_PER_POINT : 1;
  const url = await maker.toImage(figure, { format, width, height: height + FOOT_PX, scale });
  saveFile(`${name}.${format}`, await (await fetch(url)).blob());
}
