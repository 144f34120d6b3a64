'use client';
import { Component, type ReactNode } from 'react';
import { ErrorState } from '#components/ui/error-state.tsx';

/** Keeps a failure where it happened: the rest of the console stays usable. */
export class RegionBoundary extends Component<{ what: string; children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null };

  static getDerivedStateFromError(error: unknown) {
    // Redirects and "not found" travel as errors with a digest; they are Next's, not ours.
    const digest = typeof error === 'object' && error !== null ? Reflect.get(error, 'digest') : undefined;
    if (typeof digest === 'string' && digest.startsWith('NEXT_')) throw error;
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return (
      <ErrorState
        error={this.state.error}
        what={`${this.props.what} could not be shown.`}
        onRetry={() => this.setState({ error: null })}
      />
    );
  }
}
