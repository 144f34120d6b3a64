import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { callerOf } from '#server/auth/caller.ts';
import { authOptions } from '#server/auth/options.ts';

type RouteContext = { params: Promise<{ nextauth: string[] }> };

async function handle(request: NextRequest, context: RouteContext): Promise<Response> {
  return NextAuth(request, context, authOptions(callerOf(request.headers)));
}

export { handle as GET, handle as POST };
