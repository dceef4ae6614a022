import { say, type SaidValue } from '#preload/domain/saying.ts';
import { parseXml, XmlElement } from '@rgrove/parse-xml';
import { unreadableAnnotations } from './json-file.ts';

/**
 * The root element of an XML file. Declarations of a document type are passed over: no entity is expanded but the five
 * of XML itself, and nothing outside the file is read.
 * @param format with its article
 * Fails with `unreadable-annotations` for what is no XML, nests too deeply, or has another root.
 */
export function readXml(text: string, root: string, file: string, format: SaidValue): XmlElement {
  const element = parsed(text, file, format);
  if (element?.name !== root) throw unreadableAnnotations(file, format, say('its root is not {{root}}', { root }));
  return element;
}

function parsed(text: string, file: string, format: SaidValue): XmlElement | null {
  try {
    return parseXml(text).root;
  } catch (error) {
    // The parser calls itself for every level.
    const reason = error instanceof RangeError ? 'its elements nest too deeply' : (error as Error).message;
    throw unreadableAnnotations(file, format, reason.split('\n')[0]!.replace(/\.$/u, ''));
  }
}

/** The elements of one name right below another. */
export const childrenOf = (parent: XmlElement, name: string): XmlElement[] =>
  parent.children.filter((child): child is XmlElement => child instanceof XmlElement && child.name === name);

/** The element at a path of names below another, the first where there are several. */
export const childAt = (parent: XmlElement | undefined, ...names: readonly string[]): XmlElement | undefined =>
  names.reduce<XmlElement | undefined>((at, name) => (at === undefined ? undefined : childrenOf(at, name)[0]), parent);

/** Text as it stands in an element or an attribute. */
export const xmlText = (text: string): string =>
  text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    // XML has no way to write other control characters.
    .replaceAll(/[\t\n\r]/gu, (letter) => `&#${letter.codePointAt(0)!};`)
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, '\uFFFD');
