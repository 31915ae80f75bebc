import { connect } from '../host/connect.ts';
import '../theme.css';

const connection = connect(() => undefined);
connection.post({ type: 'ready' });
