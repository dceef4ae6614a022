import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { isValidElement, type ReactNode } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { chapterNames, goToHelp, type ChapterName } from '../../shared/help.ts';
import { anchorOf, pictureAt, type Chapter } from './chapters.ts';

/** A chapter as it is read. Raw HTML in it is shown as text, and nothing is fetched from elsewhere. */
export function HelpPage({ chapter }: { readonly chapter: Chapter }) {
  return (
    <Box
      component="article"
      sx={{
        maxWidth: 760,
        lineHeight: 1.6,
        '& p, & li': { my: 1 },
        '& pre': {
          p: 1.5,
          borderRadius: 1,
          bgcolor: 'surface.base',
          border: 1,
          borderColor: 'divider',
          overflowX: 'auto',
        },
        '& code': { fontFamily: 'monospace', fontSize: '0.92em' },
        '& :not(pre) > code': { px: 0.5, borderRadius: 0.5, bgcolor: 'surface.base' },
        '& table': { borderCollapse: 'collapse', my: 2, width: '100%' },
        '& th, & td': {
          textAlign: 'left',
          verticalAlign: 'top',
          py: 0.5,
          pr: 2,
          borderBottom: 1,
          borderColor: 'divider',
        },
        '& img': { maxWidth: '100%', borderRadius: 1, border: 1, borderColor: 'divider', my: 1 },
      }}
    >
      <Markdown remarkPlugins={[remarkGfm]} components={components}>
        {chapter.text}
      </Markdown>
    </Box>
  );
}

const components: Components = {
  h1: ({ children }) => (
    <Typography variant="h1" component="h3" sx={{ mb: 2 }}>
      {children}
    </Typography>
  ),
  h2: ({ children }) => (
    <Typography
      id={anchorOf(textOf(children))}
      variant="h2"
      component="h4"
      tabIndex={-1}
      sx={{ mt: 3, mb: 1, scrollMarginTop: 16 }}
    >
      {children}
    </Typography>
  ),
  a: ({ href = '', children }) => <HelpLink target={href}>{children}</HelpLink>,
  img: ({ src, alt }) => <img src={pictureAt(String(src))} alt={alt ?? ''} />,
  pre: ({ children }) => (
    <Box component="pre" tabIndex={0}>
      {children}
    </Box>
  ),
};

function HelpLink({ target, children }: { readonly target: string; readonly children: ReactNode }) {
  const name = target.replace(/\.md$/, '');
  if (!isChapter(name)) return <span>{children}</span>;
  return (
    <Link
      component="button"
      type="button"
      onClick={() => goToHelp(name)}
      sx={{ font: 'inherit', verticalAlign: 'baseline' }}
    >
      {children}
    </Link>
  );
}

const isChapter = (name: string): name is ChapterName => chapterNames.some((each) => each === name);

function textOf(node: ReactNode): string {
  if (typeof node === 'string' || typeof node === 'number') return String(node);
  if (Array.isArray(node)) return node.map(textOf).join('');
  return isValidElement<{ readonly children?: ReactNode }>(node) ? textOf(node.props.children) : '';
}
