'use client';
import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useState } from 'react';
import { ConfirmProvider } from '#components/ui/confirm.tsx';
import { makeQueryClient, makeTrpcClient } from './query-client.ts';
import { theme } from './theme/theme.ts';
import { TRPCProvider } from './trpc.ts';

/** What every page needs: the theme (with the nonce that the security policy asks for), the server's client, questions and toasts. */
export function Providers({ nonce, children }: { nonce: string; children: ReactNode }) {
  const [queryClient] = useState(makeQueryClient);
  const [trpcClient] = useState(makeTrpcClient);
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce}>
      <QueryClientProvider client={queryClient}>
        <TRPCProvider trpcClient={trpcClient} queryClient={queryClient}>
          <ConfirmProvider>{children}</ConfirmProvider>
        </TRPCProvider>
      </QueryClientProvider>
      <section id="overlays" aria-label="Menus and messages" />
      <Notifications position="bottom-right" autoClose={5000} limit={3} containerWidth={360} />
    </MantineProvider>
  );
}
