import { createTheme, type MantineColorsTuple } from '@mantine/core';

const mulberry: MantineColorsTuple = [
  '#F8EEF5',
  '#EFDDE9',
  '#DDB4D0',
  '#CF94BE',
  '#C075AD',
  '#B45A9D',
  '#A8438C',
  '#8A2C72',
  '#7D2567',
  '#5A1749',
];
const gray: MantineColorsTuple = [
  '#F8F7F5',
  '#F2F1EE',
  '#EBE9E4',
  '#E7E5E0',
  '#D3D0C9',
  '#918C82',
  '#6E6961',
  '#55514A',
  '#33302B',
  '#1C1A17',
];
const dark: MantineColorsTuple = [
  '#EDEBE7',
  '#B8B3AB',
  '#979288',
  '#77726A',
  '#413E39',
  '#2C2A27',
  '#23211F',
  '#191816',
  '#151412',
  '#100F0E',
];

/** Mantine's side of the look: scales, type and what every control starts from. Colours of our own are CSS variables (tokens.css). */
export const theme = createTheme({
  colors: { mulberry, gray, dark },
  primaryColor: 'mulberry',
  primaryShade: { light: 7, dark: 6 },
  black: '#1C1A17',
  white: '#FFFFFF',
  fontFamily: "'Inter Variable', system-ui, -apple-system, 'Segoe UI', sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, SFMono-Regular, Menlo, monospace",
  fontSizes: { xs: '11px', sm: '12px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '16px', md: '20px', lg: '24px', xl: '28px' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '16px', lineHeight: '24px' },
      h2: { fontSize: '13px', lineHeight: '20px' },
      h3: { fontSize: '13px', lineHeight: '20px' },
    },
  },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '16px' },
  defaultRadius: 'sm',
  shadows: {
    xs: 'var(--shadow-control)',
    sm: 'var(--shadow-control)',
    md: 'var(--shadow-float)',
    lg: 'var(--shadow-float)',
    xl: 'var(--shadow-float)',
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm', variant: 'default' } },
    ActionIcon: { defaultProps: { size: 28, variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'sm' } },
    NumberInput: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' }, checkIconPosition: 'right' } },
    MultiSelect: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md' } } },
    Textarea: { defaultProps: { size: 'sm', autosize: true, minRows: 3 } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    SegmentedControl: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    Radio: { defaultProps: { size: 'xs' } },
    Switch: { defaultProps: { size: 'sm' } },
    Portal: { defaultProps: { target: '#overlays' } },
    Menu: {
      defaultProps: {
        withInitialFocusPlaceholder: false,
        shadow: 'md',
        position: 'bottom-end',
        withinPortal: true,
        transitionProps: { duration: 160, transition: 'fade' },
      },
    },
    Tooltip: { defaultProps: { openDelay: 300, withArrow: false, transitionProps: { duration: 120, transition: 'fade' } } },
    Modal: {
      defaultProps: {
        size: 480,
        radius: 'md',
        shadow: 'md',
        centered: true,
        overlayProps: { backgroundOpacity: 0.35 },
        // Mantine draws a <header>, which outside a section would be a second banner of the page.
        attributes: { header: { role: 'presentation' } },
        transitionProps: { duration: 160, transition: 'fade' },
      },
    },
    Drawer: {
      defaultProps: { shadow: 'md', transitionProps: { duration: 160 }, attributes: { header: { role: 'presentation' } } },
    },
    Popover: { defaultProps: { shadow: 'md', transitionProps: { duration: 160, transition: 'fade' } } },
    Anchor: { defaultProps: { underline: 'hover' } },
  },
});
