import 'retrograph/worker/serve';
